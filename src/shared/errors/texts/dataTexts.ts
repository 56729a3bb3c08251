import { checkedTexts } from './errorText'

/** Data to train on, and files of it. */
export const dataTexts = checkedTexts({
  'data-malformed': {
    severity: 'error',
    en: { message: '{file} is damaged at {place}: {detail}', action: 'Mend or download the file again.' },
    'zh-CN': { message: '{file} 在 {place} 处已损坏：{detail}', action: '请修复或重新下载该文件。' },
  },
  'data-empty': {
    severity: 'error',
    en: {
      message: '{data} holds no sample to use.',
      action: 'Check the labels that you asked for, or choose other data.',
    },
    'zh-CN': { message: '{data} 中没有可用的样本。', action: '请检查所选的标签，或换用其他数据。' },
  },
  'data-too-large': {
    severity: 'error',
    en: {
      message: '{data} is too large to be held in memory: {detail}.',
      action: 'Divide it into smaller files.',
    },
    'zh-CN': { message: '{data} 太大，无法载入内存：{detail}。', action: '请将其拆分为较小的文件。' },
  },
  'data-not-ink': {
    severity: 'error',
    en: {
      message: '{data} holds pictures, of which no {format} file can be made.',
      action: 'Write pictures with --format idx, images or parquet.',
    },
    'zh-CN': {
      message: '{data} 中是图像，无法写成 {format} 文件。',
      action: '图像请使用 --format idx、images 或 parquet。',
    },
  },
  'strokes-missing': {
    severity: 'error',
    en: {
      message: '{folder} holds no strokes of characters, such as 永.json.',
      action:
        'Run npm install {name} in a folder of your own, and name node_modules/{name} in it: strokes:FOLDER.',
    },
    'zh-CN': {
      message: '{folder} 中没有汉字笔画文件（如 永.json）。',
      action:
        '请在自己的文件夹中运行 npm install {name}，再用 strokes:文件夹 指明其中的 node_modules/{name}。',
    },
  },
  'data-unknown': {
    severity: 'error',
    en: {
      message: '"{data}" is not a form of data that Longhand knows.',
      action:
        'Use mnist:test, mnist:train, ink:, inkml:, unipen:, images:, csv:, npz:, parquet:, gnt:, strokes: or fonts: with a path, idx:IMAGES,LABELS, or dataset:NAME.',
    },
    'zh-CN': {
      message: 'Longhand 不认识数据形式“{data}”。',
      action:
        '请使用 mnist:test、mnist:train，或 ink:、inkml:、unipen:、images:、csv:、npz:、parquet:、gnt:、strokes:、fonts: 加路径，idx:图像,标签，或 dataset:名称。',
    },
  },
  'data-changed': {
    severity: 'error',
    en: {
      message: '{data} is no longer the data that the training in {folder} began with.',
      action: 'Put the data back as it was, or start a new training.',
    },
    'zh-CN': {
      message: '{data} 已不是 {folder} 中的训练开始时所用的数据。',
      action: '请恢复原来的数据，或开始新的训练。',
    },
  },
  'labels-unknown': {
    severity: 'error',
    en: {
      message: 'The model {model} does not know these labels: {labels}',
      action: 'Leave them out with --only, or choose a model that knows them.',
    },
    'zh-CN': {
      message: '模型 {model} 不认识这些标签：{labels}',
      action: '请用 --only 排除它们，或换用认识它们的模型。',
    },
  },
})
