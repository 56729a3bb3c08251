import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { DoctorReport } from '../../../shared/contract/system'
import { describeChoice, describeProvider, describeReading } from '../describeProviders'
import { inspectPackage, type PackageState } from '../inspectPackage'
import { DONE, FAILED } from '../reportError'
import type { RunCommand } from '../session'
import { UsageError } from '../usageError'

interface DoctorOptions {
  app?: string
  json?: true
}

/**
 * `longhand doctor [--json]`: what this machine can do. It fails where nothing could be read or trained here. With `--app`: what a
 * packaged app is like; it fails where that could not run, or lets others run code as the app.
 */
export function addDoctor(program: Command, run: RunCommand): void {
  program
    .command('doctor')
    .description('versions, providers that really work and how fast they train, GPU, data folder, disk')
    .option('--app <folder>', 'looks at this packaged app instead: archive, native files, fuses, updates')
    .option('--json', 'one JSON object')
    .action((options: DoctorOptions) =>
      run(async ({ client, environment, print }) => {
        if (options.app !== undefined) {
          const state = await inspectPackage(resolve(environment.userFolder, options.app))
          if (!state) throw new UsageError(`--app: there is no packaged app in ${options.app}`)
          const faults = faultsOf(state)
          if (options.json) print(JSON.stringify({ ...state, faults }))
          else for (const line of describePackage(state, faults)) print(line)
          return faults.length === 0 ? DONE : FAILED
        }
        const report = await client.system.doctor(undefined, { signal: environment.interrupted })
        if (options.json) print(JSON.stringify(report))
        else for (const line of describeReport(report)) print(line)
        return report.providers.some(({ works }) => works) ? DONE : FAILED
      }),
    )
}

/** What Electron's program must be told before it is safe to hand out; see docs/SECURITY.md. */
const wantedFuses: Readonly<Record<string, boolean>> = {
  ...{ runAsNode: false, nodeOptions: false, nodeCliInspect: false, fileProtocolExtraPrivileges: false },
  ...{ asarIntegrity: true, onlyLoadAppFromAsar: true, cookieEncryption: true },
}

function faultsOf({ native, fuses }: PackageState): string[] {
  const wrong = Object.entries(wantedFuses).filter(([name, state]) => fuses && fuses[name] !== state)
  return [
    ...native.filter(({ found }) => !found).map(({ file }) => `${file} does not lie beside the archive`),
    ...(native.length === 0 ? ['there are no native files'] : []),
    ...wrong.map(([name, state]) => `the fuse ${name} is not ${state ? 'on' : 'off'}`),
  ]
}

function describePackage(
  { version, files, native, fuses, updates }: PackageState,
  faults: string[],
): string[] {
  const states = Object.entries(fuses ?? {}).map(([name, state]) => `${name} ${state ? 'on' : 'off'}`)
  return inColumns([
    ['Longhand', `${version}, packaged`],
    ['Archive', `app.asar, ${files} files`],
    ...native.map(({ file, found }): [string, string] => [
      'Native file',
      `${file}${found ? '' : ' MISSING'}`,
    ]),
    ['Fuses', states.join(', ') || 'cannot be read'],
    [
      'Updates',
      updates === null ? 'none: it never looks for newer versions' : updates.trim().split('\n').join(', '),
    ],
    ['State', faults.length === 0 ? 'as it should be' : faults.join('; ')],
  ])
}

function describeReport(report: DoctorReport): string[] {
  const { dataFolder } = report
  const rows: [string, string][] = [
    ['Longhand', report.longhand],
    ['Node', report.node],
    ['ONNX Runtime', report.onnxruntime],
    ['System', report.platform],
    [
      'Processor',
      `${report.cpu.model}, ${report.cpu.cores} cores, ${gigabytes(report.memoryBytes)} of memory`,
    ],
    ['Graphics', report.gpus.join(', ') || 'none found'],
    ...report.providers.map((tried): [string, string] => [
      `Provider ${tried.provider}`,
      describeProvider(tried),
    ]),
    ['TensorFlow', describeTensorflow(report.tensorflow)],
    [
      'Training',
      `on ${describeChoice({ ...report.training, tried: report.providers })}, ` +
        `measured with the network ${report.training.spec}, ${report.training.batchSize} images a step`,
    ],
    ['Reading', describeReading(report.recognition, report.providers)],
    [
      'Data folder',
      `${dataFolder.path}, ${dataFolder.writable ? 'writable' : 'NOT WRITABLE'}, ${gigabytes(dataFolder.freeBytes)} free`,
    ],
  ]
  return inColumns(rows)
}

function inColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`)
}

function describeTensorflow(found: DoctorReport['tensorflow']): string {
  if (!found) return 'not set up (longhand setup tensorflow)'
  if (!found.report) return `does not work: ${found.detail}`
  const { version, device, stepMs, memoryBytes } = found.report
  const place = device === 'gpu' ? 'a graphics card' : 'the processor'
  const devices = found.devices.map(({ name, memoryBytes: bytes }) =>
    bytes === null ? name : `${name}, ${gigabytes(bytes)} of memory`,
  )
  return (
    `${version} on ${place} (${devices.join('; ') || 'of unknown name'}), from ${found.source}; first step in ` +
    `${Math.round(stepMs)} ms, its process takes ${Math.round(memoryBytes / 1e6)} MB`
  )
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
