import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { UploadService } from '../../../src/main/services/uploadService'
import { mostUploadBytes, uploadPartSchema } from '../../../src/shared/contract/uploads'

const bytes = (text: string) => new TextEncoder().encode(text)

function openService(): UploadService {
  const service = new UploadService()
  onTestFinished(() => service.close())
  return service
}

describe('files that are handed over', () => {
  it('lie together, part after part, until they are let go of', async () => {
    const service = openService()
    const { upload, folder } = await service.add({ upload: null, path: 'set/7/a.png', bytes: bytes('one ') })
    await service.add({ upload, path: 'set/7/a.png', bytes: bytes('two') })
    await service.add({ upload, path: 'set/empty', bytes: bytes('') })
    expect(await readFile(join(folder, 'set', '7', 'a.png'), 'utf8')).toBe('one two')
    expect(await readFile(join(folder, 'set', 'empty'), 'utf8')).toBe('')
    await service.drop(upload)
    expect(existsSync(folder)).toBe(false)
    await expect(service.add({ upload, path: 'b', bytes: bytes('x') })).rejects.toMatchObject({
      code: 'file-missing',
    })
  })

  it('go with the program', async () => {
    const service = openService()
    const { folder } = await service.add({ upload: null, path: 'a', bytes: bytes('x') })
    await service.close()
    expect(existsSync(folder)).toBe(false)
  })

  it('cannot be put where a file is already the folder', async () => {
    const service = openService()
    const { upload } = await service.add({ upload: null, path: 'a', bytes: bytes('x') })
    await expect(service.add({ upload, path: 'a/b', bytes: bytes('x') })).rejects.toMatchObject({
      code: 'file-unwritable',
    })
  })

  it.each(['../a', 'a/../../b', '/a', 'a//b', 'a\\b', 'C:x', 'a/.', '..', 'a\0b', 'x'.repeat(256)])(
    'are refused by the contract where their path is %j',
    (path) => {
      expect(uploadPartSchema.safeParse({ upload: null, path, bytes: bytes('x') }).success).toBe(false)
    },
  )

  it('come in parts of a bounded size, under names of any script', () => {
    const part = { upload: null, path: '手写/一.png', bytes: new Uint8Array(mostUploadBytes) }
    expect(uploadPartSchema.safeParse(part).success).toBe(true)
    expect(uploadPartSchema.safeParse({ ...part, bytes: new Uint8Array(mostUploadBytes + 1) }).success).toBe(
      false,
    )
  })
})
