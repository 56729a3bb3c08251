import { describe, expect, it } from 'vitest'
import { nativeFileFaults } from '../../../build/package/nativeFiles.mjs'

const runtime = 'node_modules/onnxruntime-node/bin/napi-v6'
const right = [
  'node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64-0.35.5.node',
  'node_modules/@libsql/linux-x64-gnu/index.node',
  `${runtime}/linux/x64/libonnxruntime.so.1`,
  `${runtime}/linux/x64/onnxruntime_binding.node`,
]
const faults = (files: readonly string[], packedAlone = '') =>
  nativeFileFaults(
    files.map((file) => ({ file, unpacked: file !== packedAlone })),
    'linux',
    'x64',
  )

describe('the compiled files of a package', () => {
  it('are right where there is one of each, for this system', () => {
    expect(faults(right)).toEqual([])
  })

  it.each([
    `${runtime}/win32/x64/onnxruntime.dll`,
    `${runtime}/darwin/arm64/libonnxruntime.1.dylib`,
    `${runtime}/linux/arm64/onnxruntime_binding.node`,
    'node_modules/@libsql/linux-x64-musl/index.node',
    'node_modules/@img/sharp-linuxmusl-x64/lib/sharp-linuxmusl-x64-0.35.5.node',
    'node_modules/@img/sharp-wasm32/lib/sharp-wasm32.node',
  ])('are refused where %s travels too', (file) => {
    expect(faults([...right, file])).toEqual([`${file} is for another system`])
  })

  it('are refused where one lies in the archive', () => {
    const file = `${runtime}/linux/x64/libonnxruntime.so.1`
    expect(faults(right, file)).toEqual([`${file} lies in the archive`])
  })

  it.each(right.filter((file) => !file.includes('.so')))('are refused without %s', (file) => {
    expect(faults(right.filter((other) => other !== file))).toEqual([expect.stringContaining('is missing')])
  })
})
