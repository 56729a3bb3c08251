import { checkedTexts } from './errorText'

/** The local API for other programs. */
export const apiTexts = checkedTexts({
  'api-program-exists': {
    severity: 'error',
    en: {
      message: 'There is a token for "{name}" already.',
      action: 'Choose another name, or revoke that one first.',
    },
    'zh-CN': { message: '“{name}”已有令牌。', action: '请换一个名称，或先撤销原来的令牌。' },
  },
  'api-program-unknown': {
    severity: 'error',
    en: {
      message: 'There is no token for "{name}".',
      action: 'Run `longhand api token list` to see those that there are.',
    },
    'zh-CN': { message: '“{name}”没有令牌。', action: '运行 `longhand api token list` 查看已有的令牌。' },
  },
  'api-token-wrong': {
    severity: 'error',
    en: {
      message: 'The token is missing, wrong, or was revoked.',
      action:
        'Send one as `Authorization: Bearer TOKEN`; Settings makes one, and so does `longhand api token add NAME`.',
    },
    'zh-CN': {
      message: '令牌缺失、错误或已被撤销。',
      action:
        '请以 `Authorization: Bearer 令牌` 发送；可在设置中或用 `longhand api token add 名称` 创建令牌。',
    },
  },
  'api-page-refused': {
    severity: 'error',
    en: {
      message: 'The local API answers programs on this machine, not web pages or other names for it.',
      action: 'Ask http://127.0.0.1 with the port that Settings shows, without an Origin header.',
    },
    'zh-CN': {
      message: '本地 API 只回应本机上的程序，不回应网页或其他主机名。',
      action: '请访问 http://127.0.0.1 加设置中显示的端口，且不要带 Origin 标头。',
    },
  },
  'api-route-unknown': {
    severity: 'error',
    en: { message: 'There is no {route}.', action: '/openapi.json tells what there is.' },
    'zh-CN': { message: '没有 {route}。', action: '可用的请求见 /openapi.json。' },
  },
  'api-body-kind': {
    severity: 'error',
    en: {
      message: 'A body of the kind "{kind}" is not understood.',
      action: 'Send JSON as application/json, and a picture with its own type, such as image/png.',
    },
    'zh-CN': {
      message: '无法理解类型为“{kind}”的正文。',
      action: 'JSON 请用 application/json，图片请用其自身的类型，例如 image/png。',
    },
  },
  'api-body-too-large': {
    severity: 'error',
    en: {
      message: 'The body is larger than {limitMegabytes} MB.',
      action: 'Send a smaller picture, or fewer samples at a time.',
    },
    'zh-CN': {
      message: '正文超过 {limitMegabytes} MB。',
      action: '请发送更小的图片，或每次发送更少的样本。',
    },
  },
  'api-too-many': {
    severity: 'warning',
    en: { message: 'Too many requests.', action: 'Wait for {seconds} s, then go on more slowly.' },
    'zh-CN': { message: '请求过多。', action: '请等待 {seconds} 秒，然后放慢速度。' },
  },
})
