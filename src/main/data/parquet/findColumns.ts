import type { FileMetaData, SchemaTree } from 'hyparquet'
import { parquetSchema } from 'hyparquet'
import { z } from 'zod'

/** The columns that samples are made of, by the names of the schema's top. */
export interface Columns {
  readonly picture: string
  /** Whether the bytes are a field of it, as in Hugging Face's layout. */
  readonly nested: boolean
  readonly label: string
  /** What the labels' numbers mean; null where the labels are texts, or numbers that mean themselves. */
  readonly names: readonly string[] | null
  readonly writer: string | null
}

const pictureNames = ['image', 'img', 'picture', 'png', 'bytes']
const labelNames = ['label', 'labels', 'target', 'class', 'character', 'char', 'digit', 'letter', 'text', 'y']
const writerNames = ['writer', 'writer_id']

const names = z.union([
  z.array(z.string()),
  z.record(z.string(), z.string()).transform(Object.values<string>),
])
const featuresSchema = z.object({
  info: z.object({
    features: z.record(z.string(), z.looseObject({ _type: z.string().optional(), names: names.optional() })),
  }),
})

/**
 * Finds pictures, labels and writers as Hugging Face's `datasets` lays them out: a struct of `bytes` and `path`, and a number
 * whose names are in the file's metadata; or by the usual names.
 *
 * @returns what is wrong, in words, where the columns are none
 */
export function findColumns(metadata: FileMetaData): Columns | string {
  const top = parquetSchema(metadata).children
  const byName = (wanted: readonly string[], fits: (column: SchemaTree) => boolean): SchemaTree | undefined =>
    wanted.flatMap((name) => top.filter((column) => nameOf(column) === name && fits(column)))[0]
  const nested = byName(pictureNames, isPictureStruct) ?? top.find(isPictureStruct)
  const picture = nested ?? byName(pictureNames, isBytes)
  if (!picture) return 'no column holds pictures'
  const features = readFeatures(metadata)
  const isClass = (column: SchemaTree): boolean => features[column.element.name]?._type === 'ClassLabel'
  const isLabel = (column: SchemaTree): boolean => isNumber(column) || isBytes(column)
  const label = byName(labelNames, isClass) ?? top.find(isClass) ?? byName(labelNames, isLabel)
  if (!label || !isLabel(label)) return 'no column holds labels'
  return {
    picture: picture.element.name,
    nested: nested !== undefined,
    label: label.element.name,
    names: features[label.element.name]?.names ?? null,
    writer: byName(writerNames, isLabel)?.element.name ?? null,
  }
}

/** The value of a key in the file's metadata. */
export function metadataValue(metadata: FileMetaData, key: string): string | null {
  return metadata.key_value_metadata?.find((pair) => pair.key === key)?.value ?? null
}

type Features = z.infer<typeof featuresSchema>['info']['features']

function readFeatures(metadata: FileMetaData): Features {
  try {
    return featuresSchema.parse(JSON.parse(metadataValue(metadata, 'huggingface') ?? '')).info.features
  } catch {
    // Others write Parquet too, and tell nothing there.
    return {}
  }
}

const nameOf = (column: SchemaTree): string => column.element.name.toLowerCase()
const isPlain = (column: SchemaTree): boolean =>
  column.children.length === 0 && column.element.repetition_type !== 'REPEATED'
const isBytes = (column: SchemaTree): boolean => isPlain(column) && column.element.type === 'BYTE_ARRAY'
const isNumber = (column: SchemaTree): boolean =>
  isPlain(column) && (column.element.type === 'INT32' || column.element.type === 'INT64')
const isPictureStruct = (column: SchemaTree): boolean =>
  column.element.repetition_type !== 'REPEATED' &&
  column.children.every((child) => isPlain(child)) &&
  column.children.some((child) => child.element.name === 'bytes' && isBytes(child))
