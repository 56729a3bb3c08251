/**
 * Who may import whom (ARCHITECTURE.md shows it as a table). One rule per folder, each naming what the folder may import:
 * whatever is not named is refused, so that a new folder has no rights until somebody gives it some.
 * test/unit/tooling/layers.test.ts breaks every rule once and expects to be caught.
 */

/** npm packages and Node's own modules, as the paths that the rules see. */
const npmPackage = '(^|/)node_modules/'

/**
 * @param {string} name
 * @param {string} comment why
 * @param {string | string[]} from the folder, as a regular expression
 * @param {string[]} mayImport regular expressions of our own files that it may import
 * @param {string | string[]} [notFrom] files in the folder that have a rule of their own
 */
const layer = (name, comment, from, mayImport, notFrom) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...(notFrom === undefined ? {} : { pathNot: notFrom }) },
  to: { path: ['^src/', '^test/', '^build/', '^resources/'], pathNot: mayImport },
})

/** Small things that services and shells alike stand on: the log, the data folder's place. */
const mainBase = '^src/main/[^/]+\\.ts$'

/** What the shells share, such as serving the contract over any channel. */
const shellBase = '^src/main/shells/[^/]+\\.ts$'

/** The services see of the engine process only how to reach it, never what runs in it. */
const engineHost = ['^src/main/engineProcess/host/', '^src/main/engineProcess/contract\\.ts$']

module.exports = {
  forbidden: [
    // Who may import whom, from the bottom up.
    layer('shared-imports-only-shared', 'It must run anywhere.', '^src/shared/', ['^src/shared/']),
    {
      name: 'shared-is-pure',
      comment: 'No Node, and of npm only the schema library and the contract, which run anywhere too.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: {
        dependencyTypesNot: ['local', 'localmodule'],
        pathNot: ['^src/', `${npmPackage}zod/`, `${npmPackage}@orpc/contract/`],
      },
    },
    layer('engine-layer', 'It knows nothing of data sets or windows.', '^src/main/engine/', [
      '^src/shared/',
      '^src/main/engine/',
    ]),
    layer('data-layer', 'It knows nothing of what its batches are for.', '^src/main/data/', [
      '^src/shared/',
      '^src/main/store/',
      '^src/main/data/',
    ]),
    layer('store-layer', 'It keeps things, whatever they are used for.', '^src/main/store/', [
      '^src/shared/',
      '^src/main/store/',
    ]),
    layer(
      'engine-process-layer',
      'It joins engine and data, and knows nothing of who asks.',
      '^src/main/engineProcess/',
      [
        '^src/shared/',
        '^src/main/store/',
        '^src/main/engine/',
        '^src/main/data/',
        '^src/main/engineProcess/',
      ],
      '^src/main/engineProcess/host/',
    ),
    layer(
      'engine-host-layer',
      'It runs in the main process: importing what runs in the child would load the engine there.',
      '^src/main/engineProcess/host/',
      ['^src/shared/', ...engineHost, '^src/main/engineProcess/protocol(/|\\.ts$)'],
    ),
    layer('main-base-layer', 'Everything in the main process may stand on it.', mainBase, [
      '^src/shared/',
      mainBase,
    ]),
    layer('services-layer', 'They know neither shells nor what runs in the engine.', '^src/main/services/', [
      '^src/shared/',
      '^src/main/store/',
      mainBase,
      '^src/main/services/',
      ...engineHost,
    ]),
    layer('shell-base-layer', 'It serves every shell, and names none.', shellBase, [
      '^src/shared/',
      mainBase,
      '^src/main/services/',
      shellBase,
    ]),
    layer(
      'api-shell-layer',
      'What other programs may ask, in both of the other shells.',
      '^src/main/shells/api/',
      ['^src/shared/', mainBase, '^src/main/services/', shellBase, '^src/main/shells/api/'],
    ),
    layer(
      'electron-shell-layer',
      'Thin: it carries messages and owns windows. The host, because it is what starts the engine there.',
      '^src/main/shells/electron/',
      [
        '^src/shared/',
        mainBase,
        '^src/main/services/',
        '^src/main/engineProcess/host/',
        shellBase,
        '^src/main/shells/api/',
        '^src/main/shells/electron/',
      ],
    ),
    layer('browser-shell-layer', 'Thin: it carries messages.', '^src/main/shells/browser/', [
      '^src/shared/',
      mainBase,
      '^src/main/services/',
      '^src/main/engineProcess/host/',
      shellBase,
      '^src/main/shells/browser/',
    ]),
    layer(
      'cli-layer',
      'It drives the services like a shell; `longhand serve` starts the browser shell.',
      '^src/main/cli/',
      [
        '^src/shared/',
        mainBase,
        '^src/main/services/',
        '^src/main/engineProcess/host/',
        '^src/main/shells/(api|browser)/',
        '^src/main/cli/',
      ],
    ),
    layer(
      'bench-layer',
      'It measures the engine itself, and the store with its process around it.',
      '^src/main/bench/',
      [
        '^src/shared/',
        mainBase,
        '^src/main/store/',
        '^src/main/engine/',
        '^src/main/data/',
        ...engineHost,
        '^src/main/engineProcess/teaching/',
        '^src/main/bench/',
      ],
    ),
    layer('preload-layer', 'It hands the MessagePort over, nothing else.', '^src/preload/', [
      '^src/preload/',
    ]),
    layer('renderer-layer', 'It asks the services through the contract.', '^src/renderer/', [
      '^src/shared/',
      '^src/renderer/',
    ]),
    {
      name: 'main-has-no-other-folder',
      comment: 'A file outside of the folders above would escape their rules.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/(shared|preload|renderer)/',
          mainBase,
          shellBase,
          '^src/main/(engine|data|store|engineProcess|services|shells/api|shells/electron|shells/browser|cli|bench)/',
        ],
      },
      to: {},
    },

    // Packages that belong in one place.
    {
      name: 'onnxruntime-only-in-the-engine-runtime',
      comment:
        'A native call that blocks its thread and may crash its process: one door, and only in the engine process.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/engine/runtime/' },
      to: { path: `${npmPackage}onnxruntime-node/` },
    },
    {
      name: 'electron-only-in-its-shell',
      comment: 'Everything else also runs in the browser shell and on the command line.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/shells/electron/', '^src/preload/'] },
      to: { path: ['^electron$', `${npmPackage}electron/`] },
    },
    {
      name: 'preload-imports-only-electron',
      comment: 'A sandboxed preload can load nothing else.',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { path: '.', pathNot: ['^src/', '^electron$', `${npmPackage}electron/`] },
    },
    {
      name: 'renderer-has-no-node',
      comment: 'It runs in a sandboxed page or in any browser.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'workers-never-reach-onnxruntime',
      comment:
        'ONNX Runtime is known to crash in worker threads, and a worker would load it by any import on the way.',
      severity: 'error',
      from: { path: '^src/main/data/augment/augmentWorker\\.ts$' },
      to: { reachable: true, path: `${npmPackage}onnxruntime-node/` },
    },
    {
      name: 'main-process-never-reaches-onnxruntime',
      comment: 'The main process must neither block nor crash with it.',
      severity: 'error',
      from: { path: ['^src/main/shells/electron/main\\.ts$', '^src/main/cli/main\\.ts$'] },
      to: { reachable: true, path: `${npmPackage}onnxruntime-node/` },
    },
    {
      name: 'main-needs-no-development-package',
      comment:
        'What stays an import in the built program must be installed with it. The bench is not shipped, and drives a browser.',
      severity: 'error',
      from: { path: '^src/main/', pathNot: '^src/main/bench/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: `${npmPackage}electron/`,
      },
    },

    // The shape of the whole.
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.(d\\.ts|css|json|html)$' },
      to: {},
    },
    { name: 'no-unresolved', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What only a type is imported from counts as well: a layer that speaks of another's types knows it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json', '.svelte', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'svelte', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
