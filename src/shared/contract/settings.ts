import { z } from 'zod'
import { fieldKindSchema } from '../recognition/line/lineReading'
import { providerRequestSchema } from '../training/providerChoice'
import { engineRequestSchema } from '../training/trainingEngine'

export const languageSchema = z.enum(['en', 'zh-CN'])
export const settingsSchema = z.object({
  /** 'system' follows the machine. */
  language: z.union([languageSchema, z.literal('system')]),
  theme: z.enum(['system', 'light', 'dark']),
  /** Pause after the last stroke before the reading is taken over; null waits for Enter. */
  commitPauseMs: z.int().min(300).max(10_000).nullable(),
  /** Width of the pen on the pad, in CSS pixels. It does not change what the model sees. */
  penWidth: z.number().min(4).max(40),
  /** How much of the hand's shaking is taken out of what is shown, from nothing to much; nor does this change what is read. */
  penSmoothing: z.number().min(0).max(1),
  /** With which the user writes: what a right hand finds on the right is on the left for a left one. */
  hand: z.enum(['left', 'right']),
  /** Whether the introduction was seen, or skipped. */
  introduced: z.boolean(),
  /** What the line pad expects; 'words' are the user's own. */
  lineExpects: z.enum([...fieldKindSchema.options, 'words']),
  /** Whether letters are joined on the line pad, so that a model of words reads it. */
  lineJoined: z.boolean(),
  /** The user's own list of words. */
  ownWords: z.array(z.string().trim().min(1).max(64)).max(20_000),
  /** Whether the Quick pad waits in the tray and behind its shortcut; desktop only. */
  quickPad: z.boolean(),
  /** Whether the installed app looks for newer versions. */
  updates: z.boolean(),
  /** Whether other programs on this machine that have a token may ask Longhand, and where. */
  localApi: z.boolean(),
  localApiPort: z.int().min(1024).max(65_535),
  /** What a training runs on that does not say so itself. */
  trainingEngine: engineRequestSchema,
  trainingProvider: providerRequestSchema,
})
/** What switching the pause on starts with. */
export const usualCommitPauseMs = 1200
/** What a new user starts with. Kept apart from the schema, so that a partial update fills nothing in. */
export const defaultSettings: z.infer<typeof settingsSchema> = {
  language: 'system',
  theme: 'system',
  commitPauseMs: null,
  penWidth: 14,
  penSmoothing: 0.5,
  hand: 'right',
  introduced: false,
  lineExpects: 'free',
  lineJoined: false,
  ownWords: [],
  quickPad: true,
  updates: true,
  localApi: false,
  localApiPort: 24_817,
  trainingEngine: 'auto',
  trainingProvider: 'auto',
}

export type Language = z.infer<typeof languageSchema>
export type Settings = z.infer<typeof settingsSchema>
