import { cruise, type IFlattenedRuleSet } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

type Tree = Record<string, string>

const options = await extractDepcruiseOptions(join(process.cwd(), '.dependency-cruiser.cjs'))

/** Packages that the trees import, as far as a resolver looks at them. */
const packages: Tree = {
  'tsconfig.base.json': '{}',
  'package.json': JSON.stringify({
    dependencies: { zod: '1', 'onnxruntime-node': '1', ws: '1' },
    devDependencies: { electron: '1', vitest: '1' },
  }),
  ...Object.fromEntries(
    ['zod', 'onnxruntime-node', 'ws', 'electron', 'vitest'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {}'],
    ]),
  ),
}

/** Everything that may be imported is, somewhere: nothing here may be refused. */
const allowed: Tree = {
  'src/shared/ink.ts': "import 'zod'; import './bounds'",
  'src/shared/bounds.ts': 'export const bounds = 0',
  'src/main/log.ts': "import 'node:fs'; import '../shared/ink'",
  'src/main/engine/runtime/session.ts': "import 'onnxruntime-node'; import '../../../shared/ink'",
  'src/main/data/augment/augmentWorker.ts': "import 'node:worker_threads'; import '../batch'",
  'src/main/data/batch.ts': "import '../../shared/ink'",
  'src/main/store/samples.ts': "import '../../shared/ink'",
  'src/main/engineProcess/entry.ts': "import '../engine/runtime/session'; import '../data/batch'",
  'src/main/engineProcess/teaching/rungs.ts': "import '../../engine/runtime/session'",
  'src/main/engineProcess/contract.ts': "import '../../shared/ink'",
  'src/main/engineProcess/host/client.ts': "import '../contract'; import '../protocol/frames'",
  'src/main/engineProcess/protocol/frames.ts': "import '../../../shared/ink'",
  'src/main/services/services.ts':
    "import '../store/samples'; import '../engineProcess/host/client'; import '../engineProcess/contract'; import '../log'",
  'src/main/shells/rpcHost.ts': "import '../services/services'",
  'src/main/shells/api/serveApi.ts': "import '../rpcHost'",
  'src/main/shells/electron/main.ts':
    "import 'electron'; import '../rpcHost'; import '../api/serveApi'; import '../../services/services'; import '../../engineProcess/host/client'",
  'src/main/shells/browser/serve.ts': "import 'ws'; import '../rpcHost'",
  'src/main/cli/main.ts':
    "import '../services/services'; import '../shells/browser/serve'; import '../shells/api/serveApi'",
  'src/main/bench/main.ts':
    "import '../engine/runtime/session'; import '../data/batch'; import '../engineProcess/teaching/rungs'; import '../log'",
  'src/preload/preload.ts': "import 'electron'",
  'src/renderer/main.ts': "import '../shared/ink'",
}

/** For each rule, a file that breaks it; with what else that takes. */
const violations: Record<string, Tree> = {
  'shared-imports-only-shared': { 'src/shared/bad.ts': "import '../main/log'" },
  'shared-is-pure': { 'src/shared/bad.ts': "import 'node:path'" },
  'engine-layer': { 'src/main/engine/bad.ts': "import '../data/batch'" },
  'data-layer': { 'src/main/data/bad.ts': "import '../engine/runtime/session'" },
  'store-layer': { 'src/main/store/bad.ts': "import '../data/batch'" },
  'engine-process-layer': { 'src/main/engineProcess/bad.ts': "import '../services/services'" },
  'engine-host-layer': { 'src/main/engineProcess/host/bad.ts': "import '../../engine/runtime/session'" },
  'main-base-layer': { 'src/main/bad.ts': "import './services/services'" },
  'services-layer': { 'src/main/services/bad.ts': "import '../engineProcess/entry'" },
  'shell-base-layer': { 'src/main/shells/bad.ts': "import './browser/serve'" },
  'api-shell-layer': { 'src/main/shells/api/bad.ts': "import '../browser/serve'" },
  'electron-shell-layer': { 'src/main/shells/electron/bad.ts': "import '../browser/serve'" },
  'browser-shell-layer': { 'src/main/shells/browser/bad.ts': "import '../../store/samples'" },
  'cli-layer': { 'src/main/cli/bad.ts': "import '../data/batch'" },
  'bench-layer': { 'src/main/bench/bad.ts': "import '../services/services'" },
  'preload-layer': { 'src/preload/bad.ts': "import '../shared/ink'" },
  // Only a type, which leaves no trace in the built program.
  'renderer-layer': { 'src/renderer/bad.ts': "import type { log } from '../main/log'" },
  'main-has-no-other-folder': { 'src/main/helpers/bad.ts': "import '../../shared/ink'" },
  'onnxruntime-only-in-the-engine-runtime': { 'src/main/engine/bad.ts': "import 'onnxruntime-node'" },
  'electron-only-in-its-shell': { 'src/main/services/bad.ts': "import 'electron'" },
  'preload-imports-only-electron': { 'src/preload/bad.ts': "import 'node:fs'" },
  'renderer-has-no-node': { 'src/renderer/bad.ts': "import 'node:fs'" },
  // By way of another file.
  'workers-never-reach-onnxruntime': {
    'src/main/data/batch.ts': "import './helper'",
    'src/main/data/helper.ts': "import 'onnxruntime-node'",
  },
  'main-process-never-reaches-onnxruntime': {
    'src/main/services/services.ts': "import '../engine/runtime/session'",
  },
  'main-needs-no-development-package': { 'src/main/services/bad.ts': "import 'vitest'" },
  'no-cycles': { 'src/shared/bounds.ts': "import './ink'" },
  'no-orphans': { 'src/shared/bad.ts': 'export const nobody = 1' },
  'no-unresolved': { 'src/shared/bad.ts': "import './missing'" },
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-layers-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** The names of the rules that a tree of files breaks. */
async function findBrokenRules(tree: Tree): Promise<string[]> {
  for (const [path, text] of Object.entries({ ...packages, ...tree })) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const { output } = await cruise(['src'], { ...options, baseDir: folder })
  if (typeof output === 'string') throw new Error(output)
  return output.summary.violations.map((violation) => violation.rule.name)
}

describe('the rules on who may import whom', () => {
  it('refuse nothing that is allowed', async () => {
    expect(await findBrokenRules(allowed)).toEqual([])
  })

  it('are each broken once below', () => {
    const ruleSet: IFlattenedRuleSet = options.ruleSet ?? {}
    const names = (ruleSet.forbidden ?? []).map((rule) => rule.name)
    expect(Object.keys(violations).sort()).toEqual(names.sort())
  })

  it.each(Object.entries(violations))('catch what breaks %s', async (rule, tree) => {
    expect(await findBrokenRules({ ...allowed, ...tree })).toContain(rule)
  })
})
