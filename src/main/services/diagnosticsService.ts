import { readFile } from 'node:fs/promises'
import { arch, cpus, homedir, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { SettingsFile } from '../store/settingsFile'

export interface DiagnosticsOptions {
  dataFolder: string
  longhandVersion: string
  electronVersion: string | null
}

const LINES_KEPT = 100

/**
 * What may leave the log: when, how bad, which of our own sentences, and codes. What users write is in none of them; what
 * they called their files might be, so neither paths nor details are taken.
 */
const SAFE_FIELDS = [
  'level',
  'time',
  'msg',
  'method',
  'code',
  'status',
  'reason',
  'exitCode',
  'instance',
  'part',
]

/** A text for a bug report: versions, the machine, the settings, and what the log may tell. */
export class DiagnosticsService {
  constructor(
    private readonly settings: SettingsFile,
    private readonly options: DiagnosticsOptions,
  ) {}

  async text(): Promise<string> {
    const { dataFolder, longhandVersion, electronVersion } = this.options
    const facts = {
      longhand: longhandVersion,
      node: process.versions.node,
      electron: electronVersion,
      platform: `${platform()} ${arch()} ${release()}`,
      cpu: `${cpus()[0]?.model.trim() ?? 'unknown'} x ${cpus().length}`,
      memoryBytes: totalmem(),
      uptimeSeconds: Math.round(process.uptime()),
      dataFolder: withoutHome(dataFolder),
      settings: await this.settings.read(),
    }
    const log = await readFile(join(dataFolder, 'logs', 'longhand.log'), 'utf8').catch(() => '')
    const lines = log.trimEnd().split('\n').slice(-LINES_KEPT).map(safeLine)
    return `${[JSON.stringify(facts, null, 2), ...lines.filter((line) => line !== '')].join('\n')}\n`
  }
}

function safeLine(line: string): string {
  try {
    const entry = JSON.parse(line) as Record<string, unknown>
    const safe = Object.fromEntries(
      SAFE_FIELDS.filter((field) => ['string', 'number'].includes(typeof entry[field])).map((field) => [
        field,
        entry[field],
      ]),
    )
    return JSON.stringify(safe)
  } catch {
    return ''
  }
}

/** A user's name is often that of their home folder. */
function withoutHome(path: string): string {
  return path.startsWith(homedir()) ? `~${path.slice(homedir().length)}` : path
}
