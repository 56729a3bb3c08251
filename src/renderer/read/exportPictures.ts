import type { Client } from '../../shared/contract/client'
import { readingsAsCsv, readingsAsJson, readingsAsText } from '../../shared/recognition/page/exportReadings'
import type { ReadDocument } from '../../shared/recognition/page/readDocument'
import type { ReadPicture } from './readSession.svelte'
import { saveFile } from './saveFile'

export const exportFormats = ['csv', 'json', 'txt', 'pdf'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Saves all pictures' texts, as they have been put right. */
export async function exportPictures(
  client: Pick<Client, 'pages'>,
  pictures: readonly ReadPicture[],
  format: ExportFormat,
): Promise<void> {
  const name = `longhand.${format}`
  const documents = pictures.map(({ page: _, ...document }): ReadDocument => document)
  if (format === 'csv') saveFile(name, readingsAsCsv(documents), 'text/csv')
  else if (format === 'json') saveFile(name, readingsAsJson(documents), 'application/json')
  else if (format === 'txt') saveFile(name, readingsAsText(documents), 'text/plain')
  else {
    const pages = pictures.map(({ page, width, height, lines }) => ({ page, width, height, lines }))
    const { pdf } = await client.pages.searchablePdf({ pages })
    saveFile(name, new Uint8Array(pdf), 'application/pdf')
  }
}
