import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { serveBuiltLonghand } from '../../fixtures/cli/serveBuiltLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const run = promisify(execFile)
const LIMIT_MS = 60_000

/** The examples of docs/API.md, by the language of their fence. */
const examples = new Map<string, string>()
beforeAll(async () => {
  const text = await readFile(join(repositoryFolder, 'docs/API.md'), 'utf8')
  for (const [, language, code] of text.matchAll(/^```(\w+)\n([^]*?)^```$/gm))
    examples.set(language ?? '', code ?? '')
})

/** Longhand with its API on, by the command line alone, and a folder with a picture of a seven. */
async function openExamples(port: number) {
  const folder = await temporaryFolder()
  const seven =
    '<svg viewBox="0 0 100 120"><rect width="100" height="120" fill="#fff"/><path d="M20 20H75L40 105" fill="none" stroke="#000" stroke-width="9"/></svg>'
  await sharp(Buffer.from(seven)).resize(200).png().toFile(join(folder, 'seven.png'))
  const dataFolder = await temporaryFolder()
  const longhand = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runBuiltLonghand(args, folder, dataFolder)
    expect(stderr.replace(/^(Make a token|The API is off).*\n/m, '')).toBe('')
    expect(exitCode).toBe(0)
    return stdout.trim()
  }
  const token = await longhand('api', 'token', 'add', 'examples')
  const api = await longhand('api', 'on', '--port', String(port))
  await serveBuiltLonghand({ LONGHAND_DATA_FOLDER: dataFolder })
  const environment = { ...process.env, LONGHAND_TOKEN: token, LONGHAND_API: api }
  return {
    longhand,
    folder,
    run: (program: string, args: string[]) => run(program, args, { cwd: folder, env: environment }),
  }
}

async function skipWithout(context: TestContext, program: string): Promise<void> {
  const found = await run(program, ['--version']).then(
    () => true,
    () => false,
  )
  if (!found) context.skip(`no ${program}`)
}

describe('the examples of docs/API.md', { timeout: LIMIT_MS }, () => {
  it('read a seven by ink and by picture with curl', async (context) => {
    await skipWithout(context, 'curl')
    await skipWithout(context, 'bash')
    const { run: example } = await openExamples(24_911)
    const { stdout } = await example('bash', ['-e', '-c', examples.get('bash') ?? 'exit 9'])
    const [models, fromInk, fromPicture] = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(models).toContainEqual(expect.objectContaining({ name: 'digits', active: true }))
    for (const reading of [fromInk, fromPicture]) {
      expect(reading).toMatchObject({ verdict: 'sure', candidates: [{ label: '7' }, {}, {}, {}, {}] })
    }
  })

  it('read one and keep it as a sample with Python', async (context) => {
    await skipWithout(context, 'python3')
    const { run: example, longhand } = await openExamples(24_912)
    const { stdout } = await example('python3', ['-c', examples.get('python') ?? 'exit(9)'])
    expect(stdout).toMatch(/^sure 7\nsure 7\nadded \[\d+\]\n$/)
    expect(await longhand('samples')).toMatch(/: 1 samples of 1 labels/)
    expect(await longhand('api', 'token', 'list')).toMatch(/^examples: since .* UTC, last used .* UTC$/)
  })

  it('read one with JavaScript, and no more once the command line has taken the token back', async () => {
    const { run: example, longhand } = await openExamples(24_913)
    const javascript = (): Promise<{ stdout: string }> =>
      example(process.execPath, ['--input-type=module', '-e', examples.get('js') ?? 'process.exit(9)'])
    expect((await javascript()).stdout).toBe('sure 7\nsure 7\n')
    await longhand('api', 'token', 'revoke', 'examples')
    await expect(javascript()).rejects.toThrow('The token is missing, wrong, or was revoked.')
  })
})
