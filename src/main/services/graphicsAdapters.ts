import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)
const LIMIT_MS = 8_000

/**
 * Names of the display adapters, with their drivers' versions, as far as the system tells; an empty list where it does not.
 * On a Mac drivers come with the system. Never throws.
 */
export async function graphicsAdapters(platform: NodeJS.Platform = process.platform): Promise<string[]> {
  try {
    if (platform === 'linux') return await adaptersOfLinux()
    if (platform === 'darwin') return await adaptersOfMac()
    if (platform === 'win32') return await adaptersOfWindows()
    return []
  } catch {
    return []
  }
}

const vendors: Readonly<Record<string, string>> = {
  '0x10de': 'NVIDIA',
  '0x1002': 'AMD',
  '0x8086': 'Intel',
  '0x1af4': 'Virtio',
  '0x15ad': 'VMware',
  '0x1234': 'QEMU',
}

/** NVIDIA's driver tells the product's name; of others the kernel knows the vendor and the numbers. */
async function adaptersOfLinux(): Promise<string[]> {
  const nvidia = await readEach('/proc/driver/nvidia/gpus', 'information')
  const driver = /Kernel Module\D*([\d.]+)/.exec(await readTrimmed('/proc/driver/nvidia/version'))?.[1]
  const named = nvidia
    .flatMap((text) => /^Model:\s*(.+)$/m.exec(text)?.[1]?.trim() ?? [])
    .map((model) => (driver === undefined ? model : `${model}, driver ${driver}`))
  const cards = (await list('/sys/class/drm')).filter((name) => /^card\d+$/.test(name))
  const others = await Promise.all(
    cards.map(async (card) => {
      const device = join('/sys/class/drm', card, 'device')
      const [vendor, product] = await Promise.all([
        readTrimmed(join(device, 'vendor')),
        readTrimmed(join(device, 'device')),
      ])
      if (!vendor || (vendor === '0x10de' && named.length > 0)) return []
      return [`${vendors[vendor] ?? `vendor ${vendor}`}, device ${product || 'unknown'}`]
    }),
  )
  return [...named, ...others.flat()]
}

const macSchema = z.object({
  SPDisplaysDataType: z.array(z.object({ sppci_model: z.string().optional(), _name: z.string() })),
})
async function adaptersOfMac(): Promise<string[]> {
  const { stdout } = await run('system_profiler', ['SPDisplaysDataType', '-json'], { timeout: LIMIT_MS })
  const { SPDisplaysDataType: displays } = macSchema.parse(JSON.parse(stdout))
  return displays.map((display) => display.sppci_model ?? display._name)
}

async function adaptersOfWindows(): Promise<string[]> {
  const script = 'Get-CimInstance Win32_VideoController | % { "$($_.Name), driver $($_.DriverVersion)" }'
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], {
    timeout: LIMIT_MS,
    windowsHide: true,
  })
  return stdout
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

async function list(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort()
}
async function readTrimmed(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim()
}
async function readEach(folder: string, file: string): Promise<string[]> {
  return Promise.all((await list(folder)).map((name) => readTrimmed(join(folder, name, file))))
}
