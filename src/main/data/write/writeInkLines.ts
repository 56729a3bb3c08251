import type { SourceSample } from '../sampleSource'
import { encoded } from './byteStreams'

/** Ink as JSON Lines; see inkLines/inkSample.ts. */
export function writeInkLines(samples: AsyncIterable<InkSample>): AsyncGenerator<Uint8Array> {
  return encoded(lines(samples))
}

/** A sample that is ink. */
export type InkSample = SourceSample & { readonly kind: 'ink' }

async function* lines(samples: AsyncIterable<InkSample>): AsyncGenerator<string> {
  for await (const { label, writer, ink } of samples) {
    const sample = { label, ...(writer === null ? {} : { writer }), strokes: ink }
    yield `${JSON.stringify(sample)}\n`
  }
}
