import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '../../../src/renderer/locale/en'
import { Texts } from '../../../src/renderer/locale/texts.svelte'
import { zhCN } from '../../../src/renderer/locale/zhCN'
import { languageOf } from '../../../src/shared/language'

const stem = (key: string) => key.replace(/_(one|other)$/, '')
const stems = (texts: object) => [...new Set(Object.keys(texts).map(stem))].sort()
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect(stems(zhCN)).toEqual(stems(en))
  })

  it('fill in the same values in both languages', () => {
    const english: Record<string, string> = en
    const broken = Object.entries(zhCN).filter(
      ([key, text]) => placeholders(text).join() !== placeholders(english[key] ?? '').join(),
    )
    expect(broken).toEqual([])
  })

  it('are all used', () => {
    const folder = 'src/renderer'
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|svelte)$/.test(file) && !/locale[\\/]\w+\.ts$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n')
    // Keys such as `sort.${by}` are put together; the compiler knows which there can be.
    const starts = [...source.matchAll(/`([\w.]+)\$\{/g)].map(([, start]) => start ?? '')
    const isUsed = (key: string) =>
      source.includes(`'${key}'`) || starts.some((start) => start.includes('.') && key.startsWith(start))
    expect(stems(en).filter((key) => !isUsed(key))).toEqual([])
  })

  it('choose the plural form by the count', () => {
    const texts = new Texts('en')
    expect(texts.t('tool.kept', { count: 1 })).toBe('1 correction kept')
    expect(texts.t('tool.kept', { count: 12 })).toBe('12 corrections kept')
    texts.use('zh-CN')
    expect(texts.t('tool.kept', { count: 1 })).toBe('已保留 1 条更正')
  })
})

describe('the language in use', () => {
  it.each([
    ['system', ['zh-Hans-CN', 'en-US'], 'zh-CN'],
    ['system', ['de-DE', 'zh-TW', 'en-GB'], 'zh-CN'],
    ['system', ['en-GB', 'zh-CN'], 'en'],
    ['system', ['fr-FR'], 'en'],
    ['zh-CN', ['en-US'], 'zh-CN'],
  ] as const)('for %s on a machine of %o is %s', (setting, machine, language) => {
    expect(languageOf(setting, machine)).toBe(language)
  })
})
