import { expect, it } from 'vitest'
import { openCommandLine } from '../../fixtures/cli/runLonghand'

const trainTo = (...more: string[]): string[] => [
  ...['train', '--spec', 'lenet', '--data', 'mnist', '--out', 'x'],
  ...more,
]

it.each([
  [['sing']],
  [['train']],
  [['train', '--spec', 'lenet']],
  [['eval', '--model', 'digits']],
  [['eval', '--model', 'digits', '--data', 'mnist:test', '--only', ' ']],
  [['eval', '--model', 'digits', '--data', 'mnist:test', '--provider', 'abacus']],
  [['recognize']],
  [['recognize', 'a.png', '--tpo']],
  [['serve', '--port', '70000']],
  [['serve', '--port', 'eighty']],
  [['doctor', 'now']],
  [trainTo('--epochs', 'many')],
  [trainTo('--epochs', '1.5')],
  [trainTo('--epochs', '0')],
  [trainTo('--lr', '-1')],
  [trainTo('--rotation', '400')],
  [trainTo('--optimizer', 'magic')],
  [trainTo('--schedule', 'never')],
  [trainTo('--classes', '0')],
  [trainTo('--lr')],
])('wrong usage ends with exit code 2 and one line on standard error: %j', async (args) => {
  const { run } = await openCommandLine()
  const { exitCode, stdout, stderr } = await run(args)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toMatch(/^longhand: .+\n$/)
})

it('a value out of its range is named by its flag', async () => {
  const { run } = await openCommandLine()
  const { stderr } = await run(trainTo('--label-smoothing', '2', '--elastic', '99'))
  expect(stderr).toContain('--label-smoothing:')
  expect(stderr).toContain('--elastic:')
})

it('without a command it shows the help and exits with 2', async () => {
  const { run } = await openCommandLine()
  const { exitCode, stdout, stderr } = await run([])
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  for (const command of ['train', 'eval', 'recognize', 'serve', 'doctor']) expect(stderr).toContain(command)
})

it('help and version are answers', async () => {
  const { run } = await openCommandLine()
  const help = await run(['train', '--help'])
  expect(help).toMatchObject({ exitCode: 0, stderr: '' })
  for (const flag of ['--spec', '--out', '--label-smoothing', '--scribbles', '--recipe', '--json']) {
    expect(help.stdout).toContain(flag)
  }
  const version = await run(['--version'])
  expect(version).toMatchObject({ exitCode: 0, stderr: '' })
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

it('what fails is said in the language of the user, and with a stack only when asked', async () => {
  const { run } = await openCommandLine()
  const args = ['eval', '--model', 'nobody', '--data', 'mnist:test']
  const english = await run(args, { variables: { LANG: 'de_DE.UTF-8' } })
  expect(english).toMatchObject({ exitCode: 1, stdout: '' })
  expect(english.stderr).toMatch(/^longhand: [ -~]*nobody[ -~]*digits[ -~]*\n$/)
  const chinese = await run(args, { variables: { LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' } })
  expect(chinese.stderr).toMatch(/^longhand: .*\p{Script=Han}.*\n$/u)
  const verbose = await run([...args, '--verbose'], { variables: {} })
  expect(verbose.stderr).toContain('\n    at ')
})
