import { z } from 'zod'
import { calibrationSchema, recipeChangeSchema, type ModelCard } from '../../../shared/model/modelCard'
import { precisionSchema, type Precision } from '../../../shared/model/modelExport'
import { modelSpecSchema, type ModelInput } from '../../../shared/model/modelSpec'
import { evaluationMetricsSchema } from '../../../shared/recognition/evaluation'
import { providerSchema, recipeSchema } from '../../../shared/training/recipe'

/** A name that may be shown on a terminal. */
const printable = /^\P{Cc}{1,64}$/u

/** Of the layout of exported files; a change that an older Longhand could not read counts it up. */
export const exportFormat = '1'

/** What of the card is nobody's private matter and says how the model was made. */
const originSchema = z.object({
  created: z.iso.datetime(),
  parent: z.string().nullable(),
  recipe: recipeSchema,
  history: z.array(recipeChangeSchema).optional(),
  provider: providerSchema,
  validation: evaluationMetricsSchema.nullable(),
})

/** A text of the metadata that is JSON. */
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'it is not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

/** The metadata of an exported file, as texts by key; the keys are those of describeExport. */
export const exportMetadataSchema = z
  .object({
    /** The version of Longhand that wrote the file. */
    longhand: z.string().regex(printable),
    name: z.string().regex(printable),
    precision: precisionSchema,
    labels: json(z.array(z.string())),
    spec: json(modelSpecSchema),
    calibration: json(calibrationSchema),
    origin: json(originSchema),
    licence: z.string().max(4096),
  })
  .refine(({ labels, spec }) => JSON.stringify(labels) === JSON.stringify(spec.classes), {
    error: 'they are not the classes of the spec',
    path: ['labels'],
  })

/**
 * What goes into the file's metadata. The names of the data and the command line stay out: they hold paths of the machine
 * that the model was made on, and the file is made to be given away.
 */
export function describeExport(
  card: ModelCard,
  precision: Precision,
  longhandVersion: string,
): Record<string, string> {
  const { spec, created, parent, recipe, history, provider, validation } = card
  const origin = { created, parent, recipe: { ...recipe, replay: null }, history, provider, validation }
  return {
    format: exportFormat,
    longhand: longhandVersion,
    name: card.name,
    precision,
    labels: JSON.stringify(spec.classes),
    spec: JSON.stringify(spec),
    calibration: JSON.stringify(card.calibration),
    raster: JSON.stringify(spec.input),
    preparation: describePreparation(spec.input),
    origin: JSON.stringify(origin),
    licence: card.licence,
  }
}

/** The recipe of the raster in words, for who writes a program that uses the file. */
function describePreparation({ width, height, raster }: ModelInput): string {
  const centre = raster.centre === 'mass' ? 'centre of mass' : 'centre of the bounding box'
  return (
    `images: uint8 [batch, ${height}, ${width}], 0 for paper and 255 for full ink. Scale the character, its aspect kept, ` +
    `so that its longer side is ${raster.box} pixels; put its ${centre} at the centre of the raster; draw pen lines ` +
    `${raster.penWidth} pixels wide, antialiased.`
  )
}
