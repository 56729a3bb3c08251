import { checkedTexts } from './errorText'

/** Setting TensorFlow up. */
export const tensorflowTexts = checkedTexts({
  'tensorflow-missing': {
    severity: 'error',
    en: {
      message: 'TensorFlow is not set up here.',
      action: 'Get it with `longhand setup tensorflow`, or train with ONNX Runtime, which needs nothing.',
    },
    'zh-CN': {
      message: '这里没有安装 TensorFlow。',
      action: '请运行 `longhand setup tensorflow` 安装，或使用无需安装的 ONNX Runtime 训练。',
    },
  },
  'tensorflow-broken': {
    severity: 'error',
    en: {
      message: 'TensorFlow in {folder} does not work: {detail}',
      action:
        'Set it up again with `longhand setup tensorflow`. Everything else in Longhand works without it.',
    },
    'zh-CN': {
      message: '{folder} 中的 TensorFlow 无法工作：{detail}',
      action: '请用 `longhand setup tensorflow` 重新安装。Longhand 的其他功能不受影响。',
    },
  },
  'tensorflow-platform': {
    severity: 'error',
    en: {
      message: 'TensorFlow cannot be built for {platform} here: only Linux wheels hold what is needed.',
      action: 'Install the package @tensorflow/tfjs-node with npm, and name its folder with --package.',
    },
    'zh-CN': {
      message: '无法在 {platform} 上构建 TensorFlow：只有 Linux 的 wheel 含有所需的文件。',
      action: '请用 npm 安装 @tensorflow/tfjs-node，并用 --package 指定其文件夹。',
    },
  },
  'tensorflow-npm': {
    severity: 'error',
    en: {
      message: 'The TensorFlow.js packages could not be fetched with npm: {detail}',
      action: 'Install Node.js with npm, check the network, then try again.',
    },
    'zh-CN': {
      message: '无法用 npm 获取 TensorFlow.js 的包：{detail}',
      action: '请安装带有 npm 的 Node.js，检查网络后重试。',
    },
  },
  'tensorflow-python': {
    severity: 'error',
    en: {
      message: 'No Python with pip was found to fetch TensorFlow with: {detail}',
      action: 'Install Python 3 with pip, or download a TensorFlow wheel yourself and name it with --wheel.',
    },
    'zh-CN': {
      message: '没有找到可用来获取 TensorFlow 的 Python 和 pip：{detail}',
      action: '请安装 Python 3 和 pip，或自行下载 TensorFlow 的 wheel 并用 --wheel 指定。',
    },
  },
  'tensorflow-compiler': {
    severity: 'error',
    en: {
      message: 'No C++ compiler was found: {detail}',
      action: 'Install one (on Debian and Ubuntu: apt install g++), then try again.',
    },
    'zh-CN': {
      message: '没有找到 C++ 编译器：{detail}',
      action: '请安装编译器（Debian 和 Ubuntu：apt install g++）后重试。',
    },
  },
  'tensorflow-build': {
    severity: 'error',
    en: {
      message: 'The addon for TensorFlow could not be compiled with {compiler}: {detail}',
      action: 'Try a newer compiler (CXX names one), or another version of TensorFlow with --wheel.',
    },
    'zh-CN': {
      message: '无法用 {compiler} 编译 TensorFlow 的扩展：{detail}',
      action: '请尝试更新的编译器（用 CXX 指定），或用 --wheel 换一个版本的 TensorFlow。',
    },
  },
  'tensorflow-download': {
    severity: 'error',
    en: {
      message: '{what} could not be downloaded: {detail}',
      action: 'Check the network and try again, or download a wheel yourself and name it with --wheel.',
    },
    'zh-CN': {
      message: '无法下载 {what}：{detail}',
      action: '请检查网络后重试，或自行下载 wheel 并用 --wheel 指定。',
    },
  },
  'tensorflow-source': {
    severity: 'error',
    en: {
      message: '{path} is no TensorFlow that can be used: {detail}',
      action:
        'Name a wheel of TensorFlow for Linux, a Python environment with it, or the folder of its npm package.',
    },
    'zh-CN': {
      message: '{path} 不是可用的 TensorFlow：{detail}',
      action: '请指定 Linux 版 TensorFlow 的 wheel、装有它的 Python 环境，或其 npm 包的文件夹。',
    },
  },
  'tensorflow-busy': {
    severity: 'warning',
    en: {
      message: 'TensorFlow is being set up or removed by another process ({pid}).',
      action: 'Wait until that is done, then try again.',
    },
    'zh-CN': {
      message: '另一个进程（{pid}）正在安装或移除 TensorFlow。',
      action: '请等它完成后重试。',
    },
  },
})
