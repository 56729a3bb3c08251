import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { DatasetCard } from '../card/datasetCard'
import { cardKey } from '../parquet/parquetSource'
import { mapInBatches } from './byteStreams'
import { encodedAtOnce, encodePng, type PictureSample } from './encodePicture'

/** Hugging Face's own number is 100 for pictures; a few more cost nothing where they are small. */
const rowsOfGroup = 1000

const schema: SchemaElement[] = [
  { name: 'schema', num_children: 3 },
  { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
  { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
  { name: 'writer', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
]

interface Row {
  readonly image: { readonly bytes: Uint8Array; readonly path: string }
  readonly label: bigint
  readonly writer: string | null
}

/** Pictures as Hugging Face's `datasets` lays them out: PNGs, ink light on dark, and labels by number with their names. */
export async function* writeParquet(
  samples: AsyncIterable<PictureSample>,
  card: DatasetCard,
): AsyncGenerator<Uint8Array> {
  const numberOf = new Map(card.labels.map((label, at) => [label, BigInt(at)]))
  const features = {
    image: { _type: 'Image' },
    label: { names: card.labels, _type: 'ClassLabel' },
    writer: { dtype: 'string', _type: 'Value' },
  }
  const bytes = new ByteWriter()
  const parquet = new ParquetWriter({
    writer: bytes,
    schema,
    createdBy: 'longhand',
    kvMetadata: [
      { key: 'huggingface', value: JSON.stringify({ info: { features } }) },
      { key: cardKey, value: JSON.stringify(card) },
    ],
  })
  const taken = (): Uint8Array => {
    const written = bytes.getBytes().slice()
    bytes.index = 0
    return written
  }
  const encode = async ({ label, writer, picture }: PictureSample, index: number): Promise<Row> => ({
    image: { bytes: await encodePng(picture), path: `${String(index).padStart(7, '0')}.png` },
    label: numberOf.get(label) ?? 0n,
    writer,
  })
  let rows: Row[] = []
  const writeGroup = async (): Promise<Uint8Array> => {
    const columnData = (['image', 'label', 'writer'] as const).map((name) => ({
      name,
      data: rows.map((row) => row[name]),
      // A smallest and a largest PNG tell nobody anything.
      statistics: name === 'label',
    }))
    rows = []
    await parquet.write({ columnData, rowGroupSize: rowsOfGroup })
    return taken()
  }
  for await (const row of mapInBatches(samples, encodedAtOnce, encode)) {
    rows.push(row)
    if (rows.length === rowsOfGroup) yield await writeGroup()
  }
  if (rows.length > 0) yield await writeGroup()
  await parquet.finish()
  yield taken()
}
