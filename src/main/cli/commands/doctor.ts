import type { Command } from 'commander'
import type { DoctorReport } from '../../../shared/contract/system'
import { DONE, FAILED } from '../reportError'
import type { RunCommand } from '../session'

/** `longhand doctor [--json]`: what this machine can do. It fails where nothing could be read or trained here. */
export function addDoctor(program: Command, run: RunCommand): void {
  program
    .command('doctor')
    .description('versions, providers that really work, GPU, data folder, disk')
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
  const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`
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
    ...report.providers.map(({ provider, works, detail, elapsedMs }): [string, string] => [
      `Provider ${provider}`,
      works
        ? `works (${detail ? `${detail}, ` : ''}${Math.round(elapsedMs)} ms)`
        : `does not work: ${detail}`,
    ]),
    [
      'Data folder',
      `${dataFolder.path}, ${dataFolder.writable ? 'writable' : 'NOT WRITABLE'}, ${gigabytes(dataFolder.freeBytes)} free`,
    ],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`)
}
