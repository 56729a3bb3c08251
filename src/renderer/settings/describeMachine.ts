import type { Language } from '../../shared/contract/settings'
import type { DoctorReport } from '../../shared/contract/system'
import type { Texts } from '../locale/texts.svelte'

/** Of memory or a disk, in gibibytes. */
export function formatMemory(bytes: number, language: Language): string {
  const gibibytes = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bytes / 2 ** 30)
  return `${gibibytes} GiB`
}

/** The second engine as it was found. */
export function describeTensorflow(
  found: DoctorReport['tensorflow'],
  texts: Pick<Texts, 't' | 'language'>,
): string {
  if (!found) return texts.t('machine.notSetUp')
  if (!found.report) return texts.t('machine.fails')
  const devices = found.devices.map(({ name, memoryBytes }) =>
    memoryBytes === null ? name : `${name}, ${formatMemory(memoryBytes, texts.language)}`,
  )
  const { version, device } = found.report
  return texts.t(device === 'gpu' ? 'machine.tensorflowGpu' : 'machine.tensorflowCpu', {
    version,
    devices: devices.join('; '),
  })
}
