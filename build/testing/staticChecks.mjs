import { ensureBuilt } from '../prepare/ensureBuilt.mjs'
import { installed } from '../repository.mjs'
import { runNode } from '../runProgram.mjs'

/**
 * @typedef {object} StaticCheck
 * @property {string} name
 * @property {() => Promise<{ code: number, output: string }>} run
 */

/**
 * @param {string} name
 * @param {string} script a program within node_modules
 * @param {readonly string[]} args
 * @returns {StaticCheck}
 */
const check = (name, script, args) => ({ name, run: () => runNode(installed(script), args) })

const typeCheck = (/** @type {string} */ folder) =>
  check(`types of ${folder}`, 'typescript/bin/tsc', ['-p', folder, '--pretty', 'false'])

const lint = (/** @type {string} */ name, /** @type {readonly string[]} */ files) =>
  check(name, 'eslint/bin/eslint.js', [...files, '--max-warnings', '0'])

/** The name of the check that the other tests' programs come from. */
export const buildCheckName = 'build'

/**
 * Everything that is checked without running the program; the slow ones first, so that two at a time end together.
 *
 * @type {readonly StaticCheck[]}
 */
export const staticChecks = [
  {
    name: buildCheckName,
    run: () =>
      ensureBuilt().then(
        () => ({ code: 0, output: '' }),
        (/** @type {unknown} */ error) => ({
          code: 1,
          output: error instanceof Error ? error.message : String(error),
        }),
      ),
  },
  // In two halves, since each takes minutes and one process uses one core.
  lint('eslint (components)', ['src/**/*.svelte']),
  lint('eslint (all else)', ['.', '--ignore-pattern', '**/*.svelte']),
  // The renderer's types too: tsc alone does not see into components.
  check('svelte-check (types of src/renderer)', 'svelte-check/bin/svelte-check', [
    '--tsconfig',
    'src/renderer/tsconfig.json',
    '--fail-on-warnings',
    '--output',
    'human',
  ]),
  typeCheck('src/shared'),
  typeCheck('src/main'),
  typeCheck('src/preload'),
  typeCheck('test'),
  typeCheck('build'),
  check('layers (dependency-cruiser)', 'dependency-cruiser/bin/dependency-cruise.mjs', [
    'src',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
  ]),
  check('unused code (knip)', 'knip/bin/knip.js', []),
  check('formatting (prettier)', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
]
