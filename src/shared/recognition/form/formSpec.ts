import { z } from 'zod'
import { expectationSchema } from '../line/lineReading'
import { checkDigitRules } from './checkDigits'

/** A length along a side of the page, as a share of it. */
const shareSchema = z.number().min(0).max(1)

const formFieldSchema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  /** A kind of field, or `{"words": [...]}`. */
  kind: expectationSchema.default('free'),
  /** Inside of its printed lines, in shares of the page's width and height. */
  box: z
    .strictObject({
      x: shareSchema,
      y: shareSchema,
      width: shareSchema.positive(),
      height: shareSchema.positive(),
    })
    .refine(({ x, y, width, height }) => x + width <= 1.0001 && y + height <= 1.0001, {
      error: 'a box lies within its page',
    }),
  /** Whether it may not be left empty. */
  required: z.boolean().default(false),
  least: z.number().optional(),
  most: z.number().optional(),
  checkDigit: z.enum(checkDigitRules).optional(),
})

/** That some fields add up to another. */
const totalSchema = z.strictObject({
  total: z.string(),
  of: z.array(z.string()).min(1).max(200),
})

/** A form that was marked once: where its fields are, what they hold, and what must hold between them. */
export const formSpecSchema = z
  .strictObject({
    format: z.literal(1),
    name: z.string().trim().min(1).max(64),
    /**
     * The middles of the page's four corner markers (a square in a ring), clockwise from the top left, in shares of the page.
     * Without them, a scan is taken for the page as it is.
     */
    markers: z
      .array(z.strictObject({ x: shareSchema, y: shareSchema }))
      .length(4)
      .optional(),
    fields: z.array(formFieldSchema).min(1).max(200),
    totals: z.array(totalSchema).max(100).default([]),
  })
  .superRefine(({ fields, totals }, context) => {
    const names = fields.map(({ name }) => name)
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined) context.addIssue({ code: 'custom', message: `two fields are named ${twice}` })
    const missing = totals.flatMap(({ total, of }) => [total, ...of]).find((name) => !names.includes(name))
    if (missing !== undefined)
      context.addIssue({ code: 'custom', message: `a total names ${missing}, which is no field` })
  })

export type FormField = z.infer<typeof formFieldSchema>
export type FormSpec = z.infer<typeof formSpecSchema>
