// The site of docs/. A plain object: VitePress itself is fetched by `npm run docs` and not installed here.

/** @param {string} base @param {readonly (readonly [string, string])[]} pages */
const group = (base, pages) => pages.map(([text, page]) => ({ text, link: `${base}${page}` }))

const english = [
  {
    text: 'User guide',
    items: group('/guide/', [
      ['Getting started', ''],
      ['Write', 'write'],
      ['Samples', 'samples'],
      ['Teach', 'teach'],
      ['Settings', 'settings'],
      ['Read', 'read'],
      ['Hands', 'hands'],
      ['Keyboard and accessibility', 'keyboard'],
    ]),
  },
  {
    text: 'Developer guide',
    items: group('/developer/', [
      ['Overview', ''],
      ['A layer', 'layer'],
      ['An importer', 'importer'],
      ['A screen', 'screen'],
      ['A language', 'language'],
    ]),
  },
  {
    text: 'More',
    items: group('/', [
      ['Models', 'models'],
      ['Security', 'SECURITY'],
    ]),
  },
]
const chinese = [
  {
    text: '使用指南',
    items: group('/zh-CN/guide/', [
      ['入门', ''],
      ['书写', 'write'],
      ['样本', 'samples'],
      ['教学', 'teach'],
      ['设置', 'settings'],
      ['识读', 'read'],
      ['笔迹', 'hands'],
      ['键盘与无障碍', 'keyboard'],
    ]),
  },
  { text: '更多', items: group('/zh-CN/', [['模型', 'models']]) },
]

export default {
  title: 'Longhand',
  description: 'Reads your handwriting and learns it, on your own machine.',
  cleanUrls: true,
  outDir: '../out/docs',
  cacheDir: '../out/docs-cache',
  // The API reference is made by the same command, and left out where it could not be.
  ignoreDeadLinks: [/^\/api\//],
  themeConfig: { search: { provider: 'local' } },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: english } },
    'zh-CN': { label: '简体中文', lang: 'zh-CN', themeConfig: { sidebar: chinese } },
  },
}
