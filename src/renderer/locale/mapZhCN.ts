import type { mapEn } from './mapEn'
import type { Translation } from './translation'

export const mapZhCN: Translation<typeof mapEn> = {
  'sort.likeness': '相似度',
  'alike.show': '显示与它相似的样本',
  'alike.running': '模型正在查看样本',

  'map.open': '地图',
  'map.title': '数据集地图',
  'map.explain':
    '模型认为相似的样本会放在一起，成群的、异常的和标错的一眼可见。一张地图最多 20,000 个样本；第一次需要一两分钟。',
  'map.draw': '绘制地图',
  'map.again': '重新绘制',
  'map.features': '模型正在查看样本',
  'map.neighbours': '正在寻找相似的样本',
  'map.layout': '正在排布',
  'map.placing': '正在放置其余样本',
  'map.about_other': '{{model}} 眼中的 {{shown}} 个样本（共 {{total}} 个）',
  'map.canvas':
    '样本地图。方向键移动圆圈，Page Up 和 Page Down 改变其大小，加号和减号缩放，Home 显示全部，空格选取圈内的样本。',
  'map.circle_other': '圈内有 {{count}} 个样本：{{labels}}',
  'map.circleEmpty': '圈内没有样本',
  'map.hint': '拖动圈住样本，或按空格，即可选取。',
  'map.chooseFirst': '还没有选取样本。',
  'map.drag': '拖动的作用',
  'map.lasso': '选取',
  'map.pan': '移动',
  'map.all': '显示全部',
  'map.showInGrid': '在网格中显示',
  'map.inCircle': '圈内',
  'map.openSample': '打开这个 {{label}}',

  'writers.open': '书写者',
  'writers.writer': '书写者',
  'writers.samples': '样本',
  'writers.labels': '标签',
  'writers.right': '识别正确',
  'writers.unread': '尚未识别',
  'writers.show': '显示样本',
  'writers.hand': '{{writer}} 的笔迹',
  'writers.look': '{{writer}} 各类别的平均图像',
  'writers.choose': '选择一位书写者，查看其笔迹。',
}
