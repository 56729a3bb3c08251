import { checkedTexts } from './errorText'

/** Models and the networks that they are made of. */
export const modelTexts = checkedTexts({
  'spec-unknown': {
    severity: 'error',
    en: { message: 'There is no network named "{name}".', action: 'Choose one of these: {known}' },
    'zh-CN': { message: '没有名为“{name}”的网络。', action: '请从这些中选择：{known}' },
  },
  'layer-unknown': {
    severity: 'error',
    en: { message: 'The network has no layer named "{name}".', action: 'Its layers are: {known}' },
    'zh-CN': { message: '该网络没有名为“{name}”的层。', action: '它的层有：{known}' },
  },
  'spec-invalid': {
    severity: 'error',
    en: {
      message: '{file} does not describe a network: {detail}',
      action: 'Correct the description and try again.',
    },
    'zh-CN': { message: '{file} 不是有效的网络描述：{detail}', action: '请修正描述后重试。' },
  },
  'model-unknown': {
    severity: 'error',
    en: {
      message: 'There is no model named "{name}".',
      action: "Choose one of these, or give the path of a model's folder: {known}",
    },
    'zh-CN': {
      message: '没有名为“{name}”的模型。',
      action: '请从这些中选择，或给出模型文件夹的路径：{known}',
    },
  },
  'model-broken': {
    severity: 'error',
    en: {
      message: 'The model in {folder} cannot be used: {detail}',
      action: 'Choose another model, or install or train this one again.',
    },
    'zh-CN': {
      message: '{folder} 中的模型无法使用：{detail}',
      action: '请换用其他模型，或重新安装、训练它。',
    },
  },
  'model-reads-words': {
    severity: 'error',
    en: {
      message: 'The model {model} reads whole words, not single characters.',
      action:
        'Choose a model of characters for this, such as latin or digits. Words are read on the line pad, and by “longhand read-line”.',
    },
    'zh-CN': {
      message: '模型 {model} 识别整个单词，而不是单个字符。',
      action:
        '请换用识别字符的模型，例如 latin 或 digits。单词在“整行”手写板上识别，或用“longhand read-line”。',
    },
  },
  'model-reads-characters': {
    severity: 'error',
    en: {
      message: 'The model {model} reads single characters, not whole words.',
      action: 'Choose a model of words for this, such as words.',
    },
    'zh-CN': {
      message: '模型 {model} 识别单个字符，而不是整个单词。',
      action: '请换用识别单词的模型，例如 words。',
    },
  },
  'model-needs-ink': {
    severity: 'error',
    en: {
      message: '{data} holds pictures, and this model reads the way that a pen takes.',
      action: 'Choose data of ink, or a model that reads pictures.',
    },
    'zh-CN': {
      message: '{data} 中是图像，而此模型识别的是笔迹。',
      action: '请选择笔迹数据，或换用识别图像的模型。',
    },
  },
  'replay-missing': {
    severity: 'error',
    en: {
      message:
        'No data of its own kind travels with the model {model}, so nobody could tell what it forgets.',
      action:
        'Give it some: longhand models replay {model} --data DATA, with the data that it was trained on.',
    },
    'zh-CN': {
      message: '模型 {model} 没有附带同类数据，无法判断它会忘记什么。',
      action: '请用训练它的数据补上：longhand models replay {model} --data DATA',
    },
  },
  'model-reads-nothing': {
    severity: 'error',
    en: {
      message: 'The model {model} tells hands apart; it reads no characters.',
      action:
        'Choose a model that reads, such as digits or latin. This one is for “longhand hand”, and the screen “Hands”.',
    },
    'zh-CN': {
      message: '模型 {model} 用来辨认笔迹，不能识别字符。',
      action: '请选择能识别字符的模型，例如 digits 或 latin。这个模型用于“longhand hand”和“笔迹”界面。',
    },
  },
  'model-tells-no-hands': {
    severity: 'error',
    en: {
      message: 'The model {model} reads; it cannot tell hands apart.',
      action: 'Use the model “hand”, or one that was trained with --spec hand.',
    },
    'zh-CN': {
      message: '模型 {model} 用来识别字符，不能辨认笔迹。',
      action: '请使用模型“hand”，或用 --spec hand 训练的模型。',
    },
  },
  'hand-odds-missing': {
    severity: 'error',
    en: {
      message: 'It is not known what scores of the model {model} are worth.',
      action: 'Fit its odds on writers that it was not trained on: longhand hand calibrate.',
    },
    'zh-CN': {
      message: '还不知道模型 {model} 的得分意味着多大把握。',
      action: '请用它没有学过的书写者来校准：longhand hand calibrate。',
    },
  },
  'hand-unknown': {
    severity: 'error',
    en: {
      message: 'The hand of “{name}” is not known. Known: {known}.',
      action: 'Enrol the person with a few lines first.',
    },
    'zh-CN': {
      message: '没有登记过“{name}”的笔迹。已登记：{known}。',
      action: '请先用几行字登记此人。',
    },
  },
  'hand-taken': {
    severity: 'error',
    en: {
      message: 'Somebody else is enrolled as “{name}”.',
      action: 'Choose another name, or delete the other person first.',
    },
    'zh-CN': { message: '“{name}”已是另一位登记者的名字。', action: '请换一个名字，或先删除那位登记者。' },
  },
  'hand-outdated': {
    severity: 'error',
    en: {
      message: 'The hand of “{name}” was enrolled with another model than {model}.',
      action: 'Enrol the person again.',
    },
    'zh-CN': {
      message: '“{name}”的笔迹不是用现在的模型 {model} 登记的。',
      action: '请重新登记此人。',
    },
  },
  'hands-too-few': {
    severity: 'error',
    en: {
      message: 'Too few writers of {data} wrote enough to be compared.',
      action: 'Take data of at least two writers with more words each, or ask for fewer words.',
    },
    'zh-CN': {
      message: '{data} 中写得足够多、可以比较的书写者太少。',
      action: '请换用至少有两位书写者、每人词数更多的数据，或减少所需的词数。',
    },
  },
  'model-in-use': {
    severity: 'error',
    en: {
      message: 'The model {model} is in use, or comes with Longhand.',
      action: 'Activate another model first. What comes with Longhand stays.',
    },
    'zh-CN': {
      message: '模型 {model} 正在使用，或随 Longhand 提供。',
      action: '请先启用另一个模型。随 Longhand 提供的模型不能删除。',
    },
  },
  'nothing-to-roll-back': {
    severity: 'info',
    en: {
      message: 'No other model was active before this one.',
      action: 'Activate the model that you want by its name.',
    },
    'zh-CN': { message: '在此之前没有启用过其他模型。', action: '请按名称启用所需的模型。' },
  },
  'export-differs': {
    severity: 'error',
    en: {
      message: '{file} was not written: the exported network differs from the model by {difference}.',
      action: 'The model is unharmed. Train or import it again; its network and its weights do not agree.',
    },
    'zh-CN': {
      message: '未写入 {file}：导出的网络与模型相差 {difference}。',
      action: '模型未受影响。它的网络与权重不一致，请重新训练或重新导入。',
    },
  },
  'model-not-importable': {
    severity: 'error',
    en: {
      message: '{file} cannot be imported: {detail}',
      action: 'Import a file that `longhand export` wrote as float32.',
    },
    'zh-CN': {
      message: '无法导入 {file}：{detail}',
      action: '请导入由 `longhand export` 以 float32 写出的文件。',
    },
  },
})
