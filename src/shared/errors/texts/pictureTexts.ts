import { checkedTexts } from './errorText'

/** Pictures and ink to read. */
export const pictureTexts = checkedTexts({
  'not-a-picture': {
    severity: 'error',
    en: {
      message: '{file} is not a picture that can be read: {detail}',
      action: 'Use a PNG, JPEG, WebP, BMP or TIFF file.',
    },
    'zh-CN': {
      message: '{file} 不是可以读取的图片：{detail}',
      action: '请使用 PNG、JPEG、WebP、BMP 或 TIFF 文件。',
    },
  },
  'picture-too-large': {
    severity: 'error',
    en: {
      message: '{file} is too large: {width} x {height} pixels, where {limit} pixels in all are allowed.',
      action: 'Crop it or make it smaller.',
    },
    'zh-CN': {
      message: '{file} 太大：{width} x {height} 像素，总像素数上限为 {limit}。',
      action: '请裁剪或缩小图片。',
    },
  },
  'picture-blank': {
    severity: 'warning',
    en: {
      message: 'Nothing is written on {file}.',
      action: 'Choose a picture with dark ink on light paper, or light on dark.',
    },
    'zh-CN': { message: '{file} 上没有字迹。', action: '请选择浅底深字或深底浅字的图片。' },
  },
  'form-unmatched': {
    severity: 'error',
    en: {
      message: 'The corner markers of the form {form} were not found on {file}.',
      action:
        'Take the picture again with all four markers on it, sharp and well lit, or choose its own form.',
    },
    'zh-CN': {
      message: '在 {file} 上没有找到表单 {form} 的四角标记。',
      action: '请重新拍摄，使四个标记都在画面内且清晰明亮；或选择与其相符的表单。',
    },
  },
  'sheet-missing': {
    severity: 'error',
    en: {
      message: 'No sheet of Longhand was found on {file}.',
      action: 'Take the picture again with all four corners and the code on it, sharp and well lit.',
    },
    'zh-CN': {
      message: '在 {file} 上没有找到 Longhand 的字表。',
      action: '请重新拍摄，使四个角和二维码都完整、清晰、光线充足。',
    },
  },
  'ink-blank': {
    severity: 'info',
    en: { message: 'Nothing is written yet.', action: 'Write a character on the pad.' },
    'zh-CN': { message: '还没有写字。', action: '请在手写板上写一个字。' },
  },
})
