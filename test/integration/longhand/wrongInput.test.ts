import { cp, mkdir, readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

/** A PNG whose header promises far more than its data holds. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function idx(kind: number, dimensions: readonly number[], data: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length)
  header.set([0, 0, 8, kind])
  dimensions.forEach((length, i) => header.writeUInt32BE(length, 4 + 4 * i))
  return Buffer.concat([header, data])
}

interface Case {
  readonly what: string
  readonly prepare: (folder: string) => Promise<readonly string[]>
  /** What the one line must name. */
  readonly names: RegExp
  readonly exitCode?: number
}

const recognize = (name: string, content: string | Uint8Array) => async (folder: string) => {
  const file = join(folder, name)
  await writeFile(file, content)
  return ['recognize', file, '--model', 'digits', '--json']
}

const cases: Case[] = [
  {
    what: 'a text file renamed .png',
    prepare: recognize('text.png', 'this is no picture'),
    names: /text\.png/,
  },
  { what: 'an empty file', prepare: recognize('empty.png', ''), names: /empty\.png/ },
  {
    what: 'a PNG header of 20,000 x 20,000 pixels',
    prepare: recognize('huge.png', hugePng(20_000, 20_000)),
    names: /huge\.png.*20,?000/,
  },
  {
    what: 'a truncated IDX file',
    prepare: async (folder) => {
      const [images, labels] = [join(folder, 'images'), join(folder, 'labels')]
      await writeFile(images, idx(3, [10, 28, 28], new Uint8Array(5 * 784)))
      await writeFile(labels, idx(1, [10], new Uint8Array(10)))
      return ['eval', '--model', 'digits', '--data', `idx:${images},${labels}`, '--json']
    },
    names: /images/,
  },
  {
    what: 'an unknown model',
    prepare: () => Promise.resolve(['eval', '--model', 'nobody', '--data', 'mnist:test', '--json']),
    names: /nobody.*digits/,
  },
  {
    what: 'a model whose network is cut in half',
    prepare: async (folder) => {
      const model = join(folder, 'cut')
      await cp(join(repositoryFolder, 'resources/models/digits'), model, { recursive: true })
      await truncate(join(model, 'model.onnx'), 100_000)
      return ['eval', '--model', model, '--data', 'mnist:test', '--json']
    },
    names: /cut/,
  },
  {
    what: 'a JSONL line with NaN coordinates',
    prepare: async (folder) => {
      const file = join(folder, 'ink.jsonl')
      const good = '{"label":"1","strokes":[[[1,2],[3,40]]]}'
      await writeFile(file, `${good}\n{"label":"1","strokes":[[[1,2],[NaN,4]]]}\n`)
      return ['eval', '--model', 'digits', '--data', `ink:${file}`, '--json']
    },
    names: /ink\.jsonl.*2/,
  },
  {
    what: 'a file that is not there',
    prepare: () => Promise.resolve(['recognize', 'nowhere.png', '--model', 'digits']),
    names: /nowhere\.png/,
  },
  {
    what: 'data of no known form',
    prepare: () => Promise.resolve(['eval', '--model', 'digits', '--data', 'mnist:holiday']),
    names: /mnist:holiday/,
  },
  {
    what: 'a spec that is not known',
    prepare: (folder) =>
      Promise.resolve(['train', '--spec', 'wizard', '--data', 'mnist', '--out', join(folder, 'm')]),
    names: /wizard/,
  },
  {
    what: 'a folder to train into that holds something',
    prepare: async (folder) => {
      await mkdir(join(folder, 'mine'))
      await writeFile(join(folder, 'mine', 'diary.txt'), 'dear diary')
      return ['train', '--spec', 'lenet', '--data', 'mnist', '--out', join(folder, 'mine')]
    },
    names: /mine/,
  },
  {
    what: 'a flag that there is not',
    prepare: () => Promise.resolve(['eval', '--model', 'digits', '--data', 'mnist:test', '--modle', 'x']),
    names: /modle/,
    exitCode: 2,
  },
  {
    what: 'a number that is none',
    prepare: (folder) =>
      Promise.resolve([
        'train',
        '--spec',
        'lenet',
        '--data',
        'mnist',
        '--out',
        join(folder, 'm'),
        '--epochs',
        'many',
      ]),
    names: /epochs/,
    exitCode: 2,
  },
]

describe('wrong input gets one clear line and changes nothing', () => {
  for (const { what, prepare, names, exitCode = 1 } of cases) {
    it(what, async () => {
      const folder = await temporaryFolder()
      const args = await prepare(folder)
      const before = (await readdir(folder, { recursive: true })).sort()
      const outcome = await runBuiltLonghand(args)
      expect(outcome.exitCode).toBe(exitCode)
      expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(outcome.stderr).toMatch(names)
      expect(outcome.stderr).not.toMatch(/\n\s+at /)
      expect((await readdir(folder, { recursive: true })).sort()).toEqual(before)
    })
  }
})
