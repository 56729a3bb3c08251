import { checkedTexts } from './errorText'

/** Files and folders, read and written. */
export const fileTexts = checkedTexts({
  'file-missing': {
    severity: 'error',
    en: { message: '{file} does not exist.', action: 'Check the path and its spelling.' },
    'zh-CN': { message: '找不到 {file}。', action: '请检查路径和拼写。' },
  },
  'file-unreadable': {
    severity: 'error',
    en: {
      message: '{file} cannot be read: {detail}',
      action: 'Check that you may read it, and that no other program holds it.',
    },
    'zh-CN': { message: '无法读取 {file}：{detail}', action: '请检查读取权限，并确认没有其他程序占用它。' },
  },
  'file-unwritable': {
    severity: 'error',
    en: {
      message: '{file} cannot be written: {detail}',
      action: 'Check that you may write there, and that the disk is not full.',
    },
    'zh-CN': { message: '无法写入 {file}：{detail}', action: '请检查写入权限以及磁盘空间。' },
  },
  'file-empty': {
    severity: 'error',
    en: { message: '{file} is empty.', action: 'Choose another file.' },
    'zh-CN': { message: '{file} 是空文件。', action: '请选择其他文件。' },
  },
  'file-exists': {
    severity: 'error',
    en: { message: '{file} already exists.', action: 'Choose another name, or replace it with --force.' },
    'zh-CN': { message: '{file} 已存在。', action: '请换一个名称，或使用 --force 覆盖。' },
  },
  'output-exists': {
    severity: 'error',
    en: {
      message: '{folder} already exists and is not empty.',
      action: 'Choose another folder; Longhand does not overwrite models.',
    },
    'zh-CN': {
      message: '{folder} 已存在且不为空。',
      action: '请选择其他文件夹；Longhand 不会覆盖已有模型。',
    },
  },
  'disk-full': {
    severity: 'error',
    en: {
      message: '{folder} has {freeMegabytes} MB free, and {neededMegabytes} MB are needed.',
      action: 'Make room on that disk, then try again.',
    },
    'zh-CN': {
      message: '{folder} 剩余 {freeMegabytes} MB，需要 {neededMegabytes} MB。',
      action: '请在该磁盘上腾出空间后重试。',
    },
  },
})
