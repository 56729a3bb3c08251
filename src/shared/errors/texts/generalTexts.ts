import { checkedTexts } from './errorText'

/** What concerns the whole of Longhand: its faults, its requests, its connections. */
export const generalTexts = checkedTexts({
  internal: {
    severity: 'error',
    en: {
      message: 'Something went wrong inside Longhand: {detail}',
      action: 'Try again. If it keeps happening, restart Longhand and look into its log.',
    },
    'zh-CN': {
      message: 'Longhand 内部出错：{detail}',
      action: '请重试。如果问题反复出现，请重新启动 Longhand 并查看日志。',
    },
  },
  cancelled: {
    severity: 'info',
    en: { message: 'Cancelled.', action: 'Start it again whenever you like.' },
    'zh-CN': { message: '已取消。', action: '需要时可以重新开始。' },
  },
  'bad-input': {
    severity: 'error',
    en: {
      message: 'That request is not one that Longhand understands: {detail}',
      action: 'Check the values that you gave and try again.',
    },
    'zh-CN': { message: 'Longhand 无法理解这个请求：{detail}', action: '请检查所填的内容后重试。' },
  },
  'engine-crashed': {
    severity: 'error',
    en: {
      message: 'The part of Longhand that computes stopped unexpectedly: {detail}',
      action: 'Try again; it starts anew by itself, and nothing that you wrote is lost.',
    },
    'zh-CN': {
      message: 'Longhand 的计算进程意外停止：{detail}',
      action: '请重试；它会自动重新启动，您写的内容不会丢失。',
    },
  },
  'connection-lost': {
    severity: 'warning',
    en: {
      message: 'The connection to Longhand was lost.',
      action: 'Check that Longhand is still running, then open its page again.',
    },
    'zh-CN': {
      message: '与 Longhand 的连接已断开。',
      action: '请确认 Longhand 仍在运行，然后重新打开页面。',
    },
  },
  'access-denied': {
    severity: 'error',
    en: {
      message: 'This link to Longhand was used before, or belongs to another run of it.',
      action: 'Open the link that Longhand prints when it starts.',
    },
    'zh-CN': {
      message: '这个链接已被使用，或属于另一次运行。',
      action: '请打开 Longhand 启动时显示的链接。',
    },
  },
  'port-taken': {
    severity: 'error',
    en: {
      message: 'Port {port} is in use by another program.',
      action: 'Choose another with --port, or leave it out and Longhand finds a free one.',
    },
    'zh-CN': {
      message: '端口 {port} 已被其他程序占用。',
      action: '请用 --port 指定其他端口，或省略它以自动选择。',
    },
  },
  'package-missing': {
    severity: 'error',
    en: { message: 'The package {name} is not installed.', action: 'Run npm install and try again.' },
    'zh-CN': { message: '未安装软件包 {name}。', action: '请运行 npm install 后重试。' },
  },
})
