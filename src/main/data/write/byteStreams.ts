import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

const chunkLength = 64 * 1024

/** Texts as UTF-8, brought together to pieces that are worth a write. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let held = ''
  for await (const text of texts) {
    held += text
    if (held.length < chunkLength) continue
    yield Buffer.from(held)
    held = ''
  }
  if (held !== '') yield Buffer.from(held)
}

/** The same bytes, gzipped. */
export async function* gzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip()
  // The reader below is told of a failure by the destroyed stream itself.
  pipeline(Readable.from(bytes, { objectMode: false }), gzip, () => undefined)
  try {
    yield* gzip as AsyncIterable<Buffer>
  } finally {
    gzip.destroy()
  }
}

/** Each item put through work that may take a while, some at a time, in their order. */
export async function* mapInBatches<Item, Result>(
  items: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item, index: number) => Promise<Result>,
): AsyncGenerator<Result> {
  let batch: Item[] = []
  let before = 0
  const finish = async (): Promise<Result[]> => {
    const results = await Promise.all(batch.map((item, at) => work(item, before + at)))
    before += batch.length
    batch = []
    return results
  }
  for await (const item of items) {
    batch.push(item)
    if (batch.length === atOnce) yield* await finish()
  }
  yield* await finish()
}
