import type { Command } from 'commander'
import type { DoctorReport } from '../../../shared/contract/system'
import { describeChoice, describeProvider, describeReading } from '../describeProviders'
import { DONE, FAILED } from '../reportError'
import type { RunCommand } from '../session'

/** `longhand doctor [--json]`: what this machine can do. It fails where nothing could be read or trained here. */
export function addDoctor(program: Command, run: RunCommand): void {
  program
    .command('doctor')
    .description('versions, providers that really work and how fast they train, GPU, data folder, disk')
    .option('--json', 'one JSON object')
    .action((options: { json?: true }) =>
      run(async ({ client, environment, print }) => {
        const report = await client.system.doctor(undefined, { signal: environment.interrupted })
        if (options.json) print(JSON.stringify(report))
        else for (const line of describeReport(report)) print(line)
        return report.providers.some(({ works }) => works) ? DONE : FAILED
      }),
    )
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
