import type { readEn } from './readEn'
import type { Translation } from './translation'

/** The texts of the Read screen in Simplified Chinese. */
export const readZhCN: Translation<typeof readEn> = {
  'read.open': '打开图片',
  'read.hint':
    '把手写内容的照片或扫描件拖到这里，或点击打开。各行文字会显示在图片旁，不确定的字会标出。字与字之间应当分开。',
  'read.progress': '正在识别第 {{at}} 张，共 {{total}} 张…',
  'read.pictures': '当前图片',
  'read.picture': '图片：{{file}}',
  'read.lines': '逐行识别结果',
  'read.correct': '更正',
  'read.candidates': '可能的字',
  'read.keys':
    '直接输入标出的字。回车表示无误；Tab 跳到下一个不确定的字，方向键可到任意字；Delete 删去该字；Ctrl+Z 撤销。',
  'read.doubtful_other': '{{count}} 个不确定的字',
  'read.close': '移除',
  'read.csv': 'CSV',
  'read.json': 'JSON',
  'read.txt': '文本',
  'read.pdf': '可搜索 PDF',
}
