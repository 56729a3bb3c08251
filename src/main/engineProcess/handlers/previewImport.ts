import type { ImportPreview } from '../../../shared/contract/sampleImport'
import { encodeSampleBlock, type SampleCell } from '../../../shared/samples/sampleBlock'
import { sortLabels } from '../../data/dataset'
import { emptyTally, incomingSamples, type IncomingSample } from '../../data/stored/incomingSamples'
import { inStore } from '../../data/stored/storedSource'
import { readContents } from '../../store/importStaging'
import { thumbnailOf } from '../../store/thumbnail'
import type { EngineHandlers } from '../protocol/serve'

const reportedEvery = 256
const mostExamples = 60

/** Looks through what an import would bring, and keeps nothing. */
export const previewImport: EngineHandlers['previewImport'] = async (request, { signal, emit }) => {
  const tally = emptyTally()
  const known = await inStore((context) => readContents(context, request.dataset))
  const writers = new Set<string>()
  const examples: IncomingSample[] = []
  let [samples, ink] = [0, 0]
  let sizes: ImportPreview['sizes'] = null
  // One of every so many; where there are too many, every second one goes and the next are twice as far apart.
  let apart = 1
  for await (const incoming of incomingSamples(request, known, tally, true, signal)) {
    const { raster, writer, ink: strokes } = incoming.entering
    if (samples % apart === 0) {
      if (examples.length === mostExamples) {
        examples.splice(0, mostExamples, ...examples.filter((_, at) => at % 2 === 0))
        apart *= 2
      }
      if (samples % apart === 0) examples.push(incoming)
    }
    samples++
    if (writer !== null) writers.add(writer)
    if (strokes) ink++
    else sizes = widen(sizes, raster.width, raster.height)
    if (samples % reportedEvery === 0) emit({ step: 'reading', done: samples })
  }
  const to = new Map(request.labels.map((mapping) => [mapping.from, mapping.to]))
  return {
    ...{ samples, ink, pictures: samples - ink, writers: writers.size, sizes },
    labels: sortLabels(tally.labels.keys()).map((label) => ({
      label,
      count: tally.labels.get(label) ?? 0,
      to: to.has(label) ? (to.get(label) ?? null) : label,
    })),
    ...{ duplicates: tally.duplicates, turnedOver: tally.turnedOver, about: tally.about },
    problems: tally.problems.map(({ code, data }) => ({ code, data: { ...data } })),
    problemCount: tally.problemCount,
    whole: !tally.cut,
    examples: toBlock(examples),
  }
}

function widen(sizes: ImportPreview['sizes'], width: number, height: number): ImportPreview['sizes'] {
  const area = ([across, down]: readonly [number, number]): number => across * down
  const own: [number, number] = [width, height]
  if (!sizes) return { smallest: own, largest: own }
  return {
    smallest: area(own) < area(sizes.smallest) ? own : sizes.smallest,
    largest: area(own) > area(sizes.largest) ? own : sizes.largest,
  }
}

function toBlock(examples: readonly IncomingSample[]): ImportPreview['examples'] {
  const labels = sortLabels(examples.map(({ entering }) => entering.label))
  const cells = examples.map(({ entering }, at): SampleCell => ({
    ...{ id: at + 1, label: labels.indexOf(entering.label), predicted: null, confidence: 0 },
    ...{ flagged: false, corrected: false, reviewed: false, hasInk: entering.ink !== null },
    pixels: thumbnailOf(entering.raster),
  }))
  return { block: encodeSampleBlock(cells), labels }
}
