import { checkedTexts } from './errorText'

/** The data folder and where it is. */
export const storageTexts = checkedTexts({
  'data-folder-missing': {
    severity: 'error',
    en: {
      message: 'The data folder {folder} is not there.',
      action:
        'Plug in the disk that it is on, then start Longhand again; or name another in LONGHAND_DATA_FOLDER.',
    },
    'zh-CN': {
      message: '找不到数据文件夹 {folder}。',
      action: '请接上它所在的磁盘后重新启动 Longhand，或用 LONGHAND_DATA_FOLDER 指定其他文件夹。',
    },
  },
  'data-folder-fixed': {
    severity: 'error',
    en: {
      message: 'The data folder is {folder} because LONGHAND_DATA_FOLDER says so.',
      action: 'Change that variable, or start Longhand without it to move the folder here.',
    },
    'zh-CN': {
      message: '数据文件夹 {folder} 由环境变量 LONGHAND_DATA_FOLDER 指定。',
      action: '请修改该变量，或在不设置它的情况下启动 Longhand 再移动文件夹。',
    },
  },
  'data-folder-busy': {
    severity: 'info',
    en: {
      message: 'The data folder is being moved or emptied.',
      action: 'Wait a moment; Longhand starts anew when that is done.',
    },
    'zh-CN': { message: '数据文件夹正在移动或清空。', action: '请稍候，完成后 Longhand 会重新开始。' },
  },
  'folder-not-empty': {
    severity: 'error',
    en: {
      message: '{folder} is not empty.',
      action: 'Choose an empty folder, or one that is not there yet.',
    },
    'zh-CN': { message: '{folder} 不是空文件夹。', action: '请选择空文件夹，或尚不存在的文件夹。' },
  },
  'folder-nested': {
    severity: 'error',
    en: { message: '{folder} and {other} lie in one another.', action: 'Choose a folder outside of it.' },
    'zh-CN': { message: '{folder} 与 {other} 互相包含。', action: '请选择它之外的文件夹。' },
  },
  'path-relative': {
    severity: 'error',
    en: {
      message: '"{path}" is not a full path.',
      action: 'Type it from the start, as in /home/me/longhand or C:\\longhand.',
    },
    'zh-CN': {
      message: '“{path}”不是完整路径。',
      action: '请从头输入，例如 /home/me/longhand 或 C:\\longhand。',
    },
  },
  'copy-differs': {
    severity: 'error',
    en: {
      message: 'The copy of {file} is not what it was made of.',
      action: 'Nothing was changed. Close other windows of Longhand, check the disk, then try again.',
    },
    'zh-CN': {
      message: '{file} 的副本与原文件不一致。',
      action: '没有做任何更改。请关闭其他 Longhand 窗口，检查磁盘后重试。',
    },
  },
})
