import type { Client } from '../../shared/contract/client'
import { mostUploadBytes } from '../../shared/contract/uploads'
import { guessForm, labelsPattern } from './importRequest'

/** A file that was dropped or chosen, with where it lay within that. */
export interface GivenFile {
  /** Names between slashes. */
  readonly path: string
  readonly file: File
}

/** What was handed over: the path to import, what to call it, and the upload that it is part of. */
export interface Uploaded {
  readonly upload: string
  readonly path: string
  readonly name: string
}

/**
 * Hands files over to the program, part by part, since a page is not told where they lie.
 * @throws AppError as `samples.upload`, 'cancelled'
 */
export async function uploadFiles(
  client: { readonly samples: Pick<Client['samples'], 'upload'> },
  files: readonly GivenFile[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded | null> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0)
  let done = 0
  let upload: { upload: string; folder: string } | null = null
  for (const { path, file } of files) {
    // A file without a byte is one, too.
    for (let from = 0; from === 0 || from < file.size; from += mostUploadBytes) {
      signal.throwIfAborted()
      const part = file.slice(from, from + mostUploadBytes)
      const bytes = new Uint8Array(await part.arrayBuffer())
      upload = await client.samples.upload({ upload: upload?.upload ?? null, path, bytes }, { signal })
      done += part.size
      onProgress(total === 0 ? 1 : done / total)
    }
  }
  const main = mainPath(files.map(({ path }) => path))
  return (
    upload && {
      upload: upload.upload,
      path: [upload.folder, ...main].join('/'),
      name: main[0] ?? nameOf(files),
    }
  )
}

/** What of several files is imported: the only one, the pictures of an IDX pair, the only folder, or all. */
function mainPath(paths: readonly string[]): string[] {
  const tops = [...new Set(paths.map((path) => path.split('/')[0] ?? ''))]
  if (tops.length === 1) return tops
  const pictures = tops.filter((name) => guessForm(name) === 'idx' && !labelsPattern.test(name))
  return pictures.length === 1 ? pictures : []
}

function nameOf(files: readonly GivenFile[]): string {
  return files[0]?.path.split('/')[0] ?? ''
}

/** The files of a drop, with those in its folders. */
export async function droppedFiles(data: DataTransfer): Promise<GivenFile[]> {
  // Both have to be asked for before the event ends.
  const items = [...data.items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found = await Promise.all(
    items.map(async ({ entry, file }) => {
      if (entry) return filesOf(entry)
      return file ? [{ path: file.name, file }] : []
    }),
  )
  return found.flat()
}

async function filesOf(entry: FileSystemEntry): Promise<GivenFile[]> {
  const path = entry.fullPath.replace(/^\/+/, '')
  if (isFile(entry)) {
    return [{ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) }]
  }
  if (!isFolder(entry)) return []
  const reader = entry.createReader()
  const files: GivenFile[] = []
  for (;;) {
    // Some at a time, until there are none left.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return files
    for (const each of some) files.push(...(await filesOf(each)))
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
