import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const outputFolder = join(process.cwd(), 'out')

/** Every module that a built file loads, by any chain of imports: our own files by path, packages by name. */
async function findReachable(file: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(file)) return found
  found.add(file)
  const text = await readFile(file, 'utf8')
  for (const [, specifier] of text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*["']([^"']+)["']/g)) {
    if (specifier === undefined) continue
    if (specifier.startsWith('.')) await findReachable(join(dirname(file), specifier), found)
    else found.add(specifier)
  }
  return found
}

describe('the built program', () => {
  it.each(['augmentWorker', 'index', 'longhand', 'store'])(
    'never loads ONNX Runtime or the engine process from %s.js',
    async (entry) => {
      const reachable = await findReachable(join(outputFolder, 'main', `${entry}.js`))
      expect(reachable).not.toContain('onnxruntime-node')
      expect(reachable).not.toContain(join(outputFolder, 'main', 'engine.js'))
    },
  )

  it('loads ONNX Runtime from engine.js, so that the search above can find it', async () => {
    expect(await findReachable(join(outputFolder, 'main', 'engine.js'))).toContain('onnxruntime-node')
  })

  it('has a preload that a sandbox accepts: one CommonJS file that requires electron alone', async () => {
    const preload = await readFile(join(outputFolder, 'preload', 'preload.cjs'), 'utf8')
    const required = [...preload.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name)
    expect(new Set(required)).toEqual(new Set(['electron']))
    expect(preload).not.toMatch(/^\s*(import|export)\b/m)
  })

  it('has a page without inline scripts and styles, which the Content-Security-Policy would refuse', async () => {
    const page = await readFile(join(outputFolder, 'renderer', 'index.html'), 'utf8')
    expect(page).toMatch(/<script type="module"[^>]* src="\.\/assets\//)
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/)
  })
})
