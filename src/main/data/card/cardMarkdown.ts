import type { DatasetCard } from './datasetCard'

/** The card for people, as the README of what it describes. */
export function cardMarkdown(card: DatasetCard): string {
  const { source, licence, consent, people, kind, samples, labels, counts } = card
  const facts = [
    `${samples} samples (${kind}) of ${labels.length} labels.`,
    `Source: ${inLine(source) || 'not told'}`,
    `Licence: ${inLine(licence) || 'not told'}`,
    `Consent: ${inLine(consent) || 'not told'}`,
    `People: ${people ?? 'not told'}`,
  ]
  const rows = labels.map((label, at) => `| ${inLine(label)} | ${counts[at] ?? 0} |`)
  return `# Data set\n\n${facts.join('\n\n')}\n\n| label | samples |\n| --- | --- |\n${rows.join('\n')}\n`
}

function inLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|')
}
