import { z } from 'zod'

/** What the desktop's menu asks of the screen in front. */
export const desktopCommandSchema = z.enum(['undo', 'redo', 'clear', 'openPicture', 'copyText'])

/** What comes to the page from outside of it: the desktop shell's menu, files that were opened with the app, the last crash. */
export const desktopEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('command'), command: desktopCommandSchema }),
  z.object({
    event: z.literal('picture'),
    /** The file's name, without its folder. */
    name: z.string(),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array, { error: 'bytes must be bytes' }),
  }),
  /** A model's file, to be imported. */
  z.object({ event: z.literal('model'), file: z.string() }),
  /** The part that stopped unexpectedly and is back. */
  z.object({ event: z.literal('recovered'), part: z.enum(['app', 'page']) }),
])

export type DesktopCommand = z.infer<typeof desktopCommandSchema>
export type DesktopEvent = z.infer<typeof desktopEventSchema>
