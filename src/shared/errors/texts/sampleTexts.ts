import { checkedTexts } from './errorText'

/** The user's samples and their data sets. */
export const sampleTexts = checkedTexts({
  'sample-unknown': {
    severity: 'info',
    en: {
      message: 'The sample {id} is no longer there.',
      action: 'There is nothing to do: it has been removed already.',
    },
    'zh-CN': { message: '样本 {id} 已不存在。', action: '无需操作：它已经被移除。' },
  },
  'dataset-unknown': {
    severity: 'error',
    en: {
      message: 'There is no data set "{name}".',
      action: 'Run `longhand samples` to see the data sets that there are.',
    },
    'zh-CN': { message: '没有数据集“{name}”。', action: '运行 `longhand samples` 查看已有的数据集。' },
  },
  'dataset-exists': {
    severity: 'error',
    en: { message: 'There is a data set "{name}" already.', action: 'Choose another name.' },
    'zh-CN': { message: '数据集“{name}”已存在。', action: '请换一个名称。' },
  },
  'dataset-own': {
    severity: 'error',
    en: {
      message: 'The data set "{name}" holds your own handwriting and cannot be removed.',
      action: 'Remove its samples, or wipe all that you wrote.',
    },
    'zh-CN': {
      message: '数据集“{name}”保存您自己的笔迹，不能移除。',
      action: '可以移除其中的样本，或清除您书写的全部内容。',
    },
  },
  'filter-invalid': {
    severity: 'error',
    en: {
      message: '"{filter}" is no filter for samples: {detail}',
      action: 'Write it like label=3&split=test&corrected=true&confidence=0.2..0.9.',
    },
    'zh-CN': {
      message: '“{filter}”不是样本筛选条件：{detail}',
      action: '请写成 label=3&split=test&corrected=true&confidence=0.2..0.9 的形式。',
    },
  },
  'import-busy': {
    severity: 'error',
    en: {
      message: 'Another import is running (process {pid}).',
      action: 'Wait until it is done, or cancel it, then try again.',
    },
    'zh-CN': { message: '另一个导入正在进行（进程 {pid}）。', action: '请等它完成或取消它，然后重试。' },
  },
  'store-broken': {
    severity: 'error',
    en: {
      message: 'The file with your samples, {file}, cannot be used: {detail}',
      action:
        'Reading still works. `longhand samples --repair` saves what can be read of it into a new file, and keeps this one.',
    },
    'zh-CN': {
      message: '样本文件 {file} 无法使用：{detail}',
      action: '识别仍可使用。运行 `longhand samples --repair` 可把能读取的内容存入新文件，并保留原文件。',
    },
  },
})
