import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const folder = join(import.meta.dirname, '../../..')

const permissionsSchema = z.record(z.string(), z.enum(['read', 'write', 'none']))
const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
})
const jobSchema = z.object({
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  if: z.string().optional(),
  needs: z.string().optional(),
  permissions: permissionsSchema.optional(),
  strategy: z.object({ matrix: z.record(z.string(), z.array(z.unknown())) }).optional(),
  steps: z.array(stepSchema),
})
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: permissionsSchema,
  jobs: z.record(z.string(), jobSchema),
})

const readWorkflow = (name: string) =>
  workflowSchema.parse(parse(readFileSync(join(folder, '.github/workflows', `${name}.yml`), 'utf8')))
const workflows = { test: readWorkflow('test'), package: readWorkflow('package') }
const allJobs = Object.values(workflows).flatMap(({ jobs }) => Object.values(jobs))
const allSteps = allJobs.flatMap(({ steps }) => steps)
const { jobs } = workflows.package
const scriptOf = (part: string): string => {
  const step = jobs.package?.steps.find(({ run }) => run?.includes(part))
  if (step?.run === undefined) throw new Error(`no step of the packaging has ${part}`)
  return step.run
}

/** The first of each action's versions that runs on a Node that GitHub still keeps (24). */
const oldestVersions: Record<string, number> = {
  'actions/checkout': 5,
  'actions/setup-node': 5,
  'actions/upload-artifact': 6,
  'actions/download-artifact': 7,
}

describe('the workflows', () => {
  it('use actions of GitHub alone, in versions that run on a Node that is kept', () => {
    const used = allSteps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]))
    expect(used.length).toBeGreaterThan(0)
    for (const action of used) {
      const [name = '', version = ''] = action.split('@v')
      expect(Object.keys(oldestVersions)).toContain(name)
      expect(Number(version), action).toBeGreaterThanOrEqual(oldestVersions[name] ?? Infinity)
    }
  })

  it('may read the repository; only what drafts a release, of a tag, may write', () => {
    for (const { permissions } of Object.values(workflows)) expect(permissions).toEqual({ contents: 'read' })
    const writing = allJobs.filter(({ permissions }) => permissions !== undefined)
    expect(writing).toEqual([jobs.release])
    expect(jobs.release).toMatchObject({
      if: "startsWith(github.ref, 'refs/tags/v')",
      needs: 'package',
      permissions: { contents: 'write' },
    })
    // None runs with the rights of the repository on code from outside.
    for (const { on } of Object.values(workflows)) {
      expect(Object.keys(on)).not.toContain('pull_request_target')
      expect(Object.keys(on)).not.toContain('workflow_run')
    }
  })

  it('leave no token in the folder that they build in', () => {
    const checkouts = allSteps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.length).toBeGreaterThan(0)
    for (const step of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': false })
  })

  it('paste into a script only what no stranger can word', () => {
    for (const { run = '' } of allSteps) {
      for (const [, expression = ''] of run.matchAll(/\$\{\{\s*(.+?)\s*\}\}/g)) {
        expect(['runner.os', 'matrix.program']).toContain(expression)
      }
    }
  })

  it('start no script that package.json does not have', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    const started = allSteps.flatMap(({ run = '' }) =>
      [...run.matchAll(/npm (?:--silent )?(?:run )?(\w+)/g)].map(([, name = '']) => name),
    )
    const own = started.filter((name) => !['ci', 'sbom'].includes(name))
    expect(new Set(own)).toEqual(new Set(['test', 'docs', 'package']))
    for (const name of own) expect(Object.keys(scripts)).toContain(name)
  })

  it.each(['test', 'package'] as const)('%s runs on Linux, macOS and Windows', (name) => {
    const job = workflows[name].jobs[name]
    const { os = [], include = [] } = job?.strategy?.matrix ?? {}
    const systems = [
      ...os,
      ...z
        .array(z.object({ os: z.string() }))
        .parse(include)
        .map((one) => one.os),
    ]
    expect(systems.map((system) => String(system).split('-')[0])).toEqual(['ubuntu', 'macos', 'windows'])
    expect(job?.['runs-on']).toBe('${{ matrix.os }}')
  })
})

describe('the packaging', () => {
  it('starts what was packed, under a display on Linux, and fails where the digit is misread', () => {
    const script = scriptOf('--check')
    expect(script).toContain('xvfb-run -a')
    expect(script).toContain("'${{ matrix.program }}' --check > check.json")
    expect(script).toMatch(/label !== '7'\) process\.exit\(1\)/)
    const { include = [] } = jobs.package?.strategy?.matrix ?? {}
    const programs = z.array(z.object({ program: z.string() })).parse(include)
    const { name, productName } = z
      .object({ name: z.string(), productName: z.string() })
      .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    expect(programs.map(({ program }) => program)).toEqual([
      `dist/linux-unpacked/${name}`,
      `dist/mac-arm64/${productName}.app/Contents/MacOS/${productName}`,
      `dist/win-unpacked/${productName}.exe`,
    ])
  })

  it('keeps what it is made of and its checksums beside it, and drafts the release of all of it', () => {
    const script = scriptOf('npm sbom')
    expect(script).toContain('--sbom-format cyclonedx --omit dev')
    // What a name of a file has in it must not matter.
    expect(script).toContain('-print0 | sort -z | xargs -0 shasum -a 256')
    const steps = jobs.package?.steps ?? []
    const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'))
    expect(upload?.with).toMatchObject({ 'if-no-files-found': 'error' })
    expect(upload?.with.path).toContain('dist/*.*')
    const released = jobs.release?.steps.at(-1)
    expect(released?.run).toMatch(/^gh release create .*--draft .*dist\/\*$/)
    expect(jobs.release?.steps[0]?.with).toMatchObject({ path: 'dist', 'merge-multiple': true })
  })

  it('gives the certificates to the step that signs, and to no other', () => {
    const withSecrets = allSteps.filter(({ env }) =>
      Object.values(env).some((value) => value.includes('secrets.')),
    )
    expect(withSecrets.map(({ run }) => run)).toEqual(['npm run package'])
  })
})
