import type { Command } from 'commander'
import type { ApiProgram } from '../../../shared/contract/apiAccess'
import { parsePort } from '../numbers'
import { DONE } from '../reportError'
import type { RunCommand } from '../session'

/** `longhand api`: the local API for other programs, and who may ask it. */
export function addApi(program: Command, run: RunCommand): void {
  const api = program
    .command('api')
    .description('let other programs on this machine ask Longhand: on, off, and their tokens')
    .action(() =>
      run(async ({ client, print }) => {
        const { localApi, localApiPort } = await client.settings.get()
        print(
          localApi
            ? `on, at http://127.0.0.1:${localApiPort} while Longhand runs (the app, or longhand serve)`
            : 'off (longhand api on)',
        )
        for (const line of describePrograms(await client.api.programs())) print(line)
        return DONE
      }),
    )
  api
    .command('on')
    .description('answer programs that have a token, while Longhand runs')
    .option('--port <number>', 'port on 127.0.0.1', parsePort)
    .action((options: { port?: number }) =>
      run(async ({ client, print, tell }) => {
        const change = {
          localApi: true,
          ...(options.port === undefined ? {} : { localApiPort: options.port }),
        }
        const { localApiPort } = await client.settings.update(change)
        print(`http://127.0.0.1:${localApiPort}`)
        if ((await client.api.programs()).length === 0)
          tell('Make a token for a program: longhand api token add NAME')
        return DONE
      }),
    )
  api
    .command('off')
    .description('answer no program any more; the tokens stay')
    .action(() =>
      run(async ({ client }) => {
        await client.settings.update({ localApi: false })
        return DONE
      }),
    )
  addTokens(api, run)
}

function addTokens(api: Command, run: RunCommand): void {
  const token = api.command('token').description('the tokens of programs')
  token
    .command('list', { isDefault: true })
    .description('who has a token, since when, and when it was used last')
    .option('--json', 'one JSON array')
    .action((options: { json?: true }) =>
      run(async ({ client, print }) => {
        const programs = await client.api.programs()
        if (options.json) print(JSON.stringify(programs))
        else for (const line of describePrograms(programs)) print(line)
        return DONE
      }),
    )
  token
    .command('add')
    .description('make a token for a program, and print it: it is shown this once')
    .argument('<name>', 'what you call the program')
    .action((name: string) =>
      run(async ({ client, print, tell }) => {
        const added = await client.api.addProgram({ name })
        print(added.token)
        if (!(await client.settings.get()).localApi) tell('The API is off: longhand api on')
        return DONE
      }),
    )
  token
    .command('revoke')
    .description('take a token back; it is refused at once')
    .argument('<name>', 'of the program')
    .action((name: string) =>
      run(async ({ client }) => {
        await client.api.revokeProgram({ name })
        return DONE
      }),
    )
}

function describePrograms(programs: readonly ApiProgram[]): string[] {
  if (programs.length === 0) return ['no program has a token']
  return programs.map(({ name, createdMs, lastUsedMs }) => {
    const used = lastUsedMs === null ? 'never used' : `last used ${minuteOf(lastUsedMs)}`
    return `${name}: since ${minuteOf(createdMs)}, ${used}`
  })
}

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
