import { readdir, readFile } from 'node:fs/promises'

/** Resident memory of the main process and of its engine processes by what they do, in MB; Linux tells it in /proc. */
export async function processMemory(mainPid: number): Promise<Record<string, number>> {
  const megabytes: Record<string, number> = { main: await residentMegabytes(mainPid) }
  for (const pid of await childrenOf(mainPid)) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
    const kind = args.find((arg) => ['recognize', 'train', 'store'].includes(arg))
    if (kind !== undefined) megabytes[kind] = await residentMegabytes(pid)
  }
  return megabytes
}

/** Resident memory of the page, in MB: that of the largest of the processes, since an empty tab is small. */
export async function pageMemory(pids: readonly number[]): Promise<number> {
  return Math.max(...(await Promise.all(pids.map(residentMegabytes))))
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const lists = threads.map((thread) =>
    readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => ''),
  )
  return (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean).map(Number))
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024
}
