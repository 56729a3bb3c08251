// `npm run docs`: builds the site of docs/ into out/docs, with a reference of src/shared made from its docstrings. What builds
// it weighs 150 MB and is needed by nobody else, so that npx fetches it, at these versions.
import { spawnSync } from 'node:child_process'
import { fail } from './fail.mjs'
import { repositoryRoot } from './repository.mjs'

const vitepress = 'vitepress@1.6.4'
const typedoc = ['typedoc@0.28.20', 'typedoc-plugin-markdown@4.14.1', 'typescript@6.0.3']

/** @param {readonly string[]} packages @param {readonly string[]} command */
function npx(packages, command) {
  const args = ['--yes', ...packages.flatMap((name) => ['--package', name]), '--', ...command]
  const { status } = spawnSync('npx', args, {
    cwd: repositoryRoot,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${command.join(' ')} failed`)
}

try {
  npx(typedoc, [
    ...['typedoc', '--plugin', 'typedoc-plugin-markdown', '--tsconfig', 'src/shared/tsconfig.json'],
    ...['--entryPointStrategy', 'expand', '--entryPoints', 'src/shared', '--readme', 'none'],
    ...['--out', 'docs/api', '--hideBreadcrumbs', '--disableSources', '--skipErrorChecking'],
  ])
  npx([vitepress], ['vitepress', 'build', 'docs'])
} catch (error) {
  fail(error)
}
