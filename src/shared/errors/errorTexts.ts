import type { Language } from '../contract/settings'
import type { ErrorCode, ErrorData } from './errorCodes'

export type Severity = 'info' | 'warning' | 'error'

/** `message` says what is wrong, `action` what to do about it; `{name}` stands for that field of the error's data. */
interface ErrorText {
  readonly message: string
  readonly action: string
}
export type ErrorEntry = { readonly severity: Severity } & Readonly<Record<Language, ErrorText>>

/** The names in braces of a text, so that the compiler refuses one that the error's data does not have. */
type PlaceholderOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never
type TextsOf<Entry extends ErrorEntry> = Entry[Language][keyof ErrorText]
type Checked<Table extends Record<ErrorCode, ErrorEntry>> = {
  [Code in ErrorCode]: PlaceholderOf<TextsOf<Table[Code]>> extends keyof ErrorData[Code] ? Table[Code] : never
}
function checked<const Table extends Record<ErrorCode, ErrorEntry>>(
  table: Table & Checked<Table>,
): Record<ErrorCode, ErrorEntry> {
  return table
}

/** Every error's severity and wording, in both languages. The one place where errors are put into words. */
export const errorTexts = checked({
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
  'data-malformed': {
    severity: 'error',
    en: { message: '{file} is damaged at {place}: {detail}', action: 'Mend or download the file again.' },
    'zh-CN': { message: '{file} 在 {place} 处已损坏：{detail}', action: '请修复或重新下载该文件。' },
  },
  'data-empty': {
    severity: 'error',
    en: {
      message: '{data} holds no sample to use.',
      action: 'Check the labels that you asked for, or choose other data.',
    },
    'zh-CN': { message: '{data} 中没有可用的样本。', action: '请检查所选的标签，或换用其他数据。' },
  },
  'data-too-large': {
    severity: 'error',
    en: {
      message: '{data} is too large to be held in memory: {detail}.',
      action: 'Divide it into smaller files.',
    },
    'zh-CN': { message: '{data} 太大，无法载入内存：{detail}。', action: '请将其拆分为较小的文件。' },
  },
  'data-not-ink': {
    severity: 'error',
    en: {
      message: '{data} holds pictures, of which no {format} file can be made.',
      action: 'Write pictures with --format idx, images or parquet.',
    },
    'zh-CN': {
      message: '{data} 中是图像，无法写成 {format} 文件。',
      action: '图像请使用 --format idx、images 或 parquet。',
    },
  },
  'data-unknown': {
    severity: 'error',
    en: {
      message: '"{data}" is not a form of data that Longhand knows.',
      action:
        'Use mnist:test, mnist:train, ink:, inkml:, unipen:, images:, csv:, npz:, parquet: or gnt: with a path, idx:IMAGES,LABELS, or dataset:NAME.',
    },
    'zh-CN': {
      message: 'Longhand 不认识数据形式“{data}”。',
      action:
        '请使用 mnist:test、mnist:train，或 ink:、inkml:、unipen:、images:、csv:、npz:、parquet:、gnt: 加路径，idx:图像,标签，或 dataset:名称。',
    },
  },
  'package-missing': {
    severity: 'error',
    en: { message: 'The package {name} is not installed.', action: 'Run npm install and try again.' },
    'zh-CN': { message: '未安装软件包 {name}。', action: '请运行 npm install 后重试。' },
  },
  'labels-unknown': {
    severity: 'error',
    en: {
      message: 'The model {model} does not know these labels: {labels}',
      action: 'Leave them out with --only, or choose a model that knows them.',
    },
    'zh-CN': {
      message: '模型 {model} 不认识这些标签：{labels}',
      action: '请用 --only 排除它们，或换用认识它们的模型。',
    },
  },
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
  'file-exists': {
    severity: 'error',
    en: { message: '{file} already exists.', action: 'Choose another name, or replace it with --force.' },
    'zh-CN': { message: '{file} 已存在。', action: '请换一个名称，或使用 --force 覆盖。' },
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
  'provider-failed': {
    severity: 'warning',
    en: {
      message: 'Computing on {provider} failed: {detail}',
      action: 'Use cpu, which works everywhere, or bring the graphics driver up to date.',
    },
    'zh-CN': {
      message: '使用 {provider} 计算失败：{detail}',
      action: '请改用 cpu（处处可用），或更新显卡驱动。',
    },
  },
  'loss-not-finite': {
    severity: 'error',
    en: {
      message:
        'The training went astray at step {step}, with a learning rate of up to {learningRate}: its loss is no longer a number.',
      action: 'Go on from the last good checkpoint in {folder} with a lower rate, such as {lowerRate}.',
    },
    'zh-CN': {
      message: '训练在第 {step} 步发散（最高学习率 {learningRate}）：损失不再是有效数值。',
      action: '请用更低的学习率（例如 {lowerRate}）从 {folder} 中最后一个完好的检查点继续训练。',
    },
  },
  'checkpoint-missing': {
    severity: 'error',
    en: {
      message: 'No unfinished training is kept in {folder}.',
      action: 'Check the path, or start a training; one that has finished leaves nothing to resume.',
    },
    'zh-CN': {
      message: '{folder} 中没有未完成的训练。',
      action: '请检查路径，或开始新的训练；已完成的训练无需继续。',
    },
  },
  'checkpoint-broken': {
    severity: 'error',
    en: {
      message: 'The checkpoint in {folder} cannot be used: {detail}',
      action: 'Train again into another folder, or put the folder back from a backup.',
    },
    'zh-CN': {
      message: '{folder} 中的检查点无法使用：{detail}',
      action: '请在其他文件夹中重新训练，或从备份恢复该文件夹。',
    },
  },
  'checkpoint-newer': {
    severity: 'error',
    en: {
      message: 'The checkpoint in {folder} was written by a newer version of Longhand.',
      action: 'Update Longhand, and resume the training with that.',
    },
    'zh-CN': {
      message: '{folder} 中的检查点由更新版本的 Longhand 写入。',
      action: '请更新 Longhand 后再继续训练。',
    },
  },
  'data-changed': {
    severity: 'error',
    en: {
      message: '{data} is no longer the data that the training in {folder} began with.',
      action: 'Put the data back as it was, or start a new training.',
    },
    'zh-CN': {
      message: '{data} 已不是 {folder} 中的训练开始时所用的数据。',
      action: '请恢复原来的数据，或开始新的训练。',
    },
  },
  'training-unfinished': {
    severity: 'error',
    en: {
      message: '{folder} holds a training that was not finished.',
      action: 'Go on with it (longhand train --resume), or choose another folder.',
    },
    'zh-CN': {
      message: '{folder} 中有一个未完成的训练。',
      action: '请继续该训练（longhand train --resume），或选择其他文件夹。',
    },
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
  'training-busy': {
    severity: 'info',
    en: {
      message: 'Another training is still running (process {pid}).',
      action: 'Wait until it is done, or cancel it.',
    },
    'zh-CN': { message: '另一个训练仍在进行（进程 {pid}）。', action: '请等待它完成，或取消它。' },
  },
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
  'job-unknown': {
    severity: 'warning',
    en: {
      message: 'There is no training with the number {id}.',
      action: 'It may have ended before Longhand was restarted; start it again.',
    },
    'zh-CN': {
      message: '没有编号为 {id} 的训练。',
      action: '它可能在 Longhand 重新启动前已结束；请重新开始。',
    },
  },
  'sample-unknown': {
    severity: 'info',
    en: {
      message: 'The sample {id} is no longer there.',
      action: 'There is nothing to do: it has been removed already.',
    },
    'zh-CN': { message: '样本 {id} 已不存在。', action: '无需操作：它已经被移除。' },
  },
  'dataset-unknown': {
    severity: 'error',
    en: {
      message: 'There is no data set "{name}".',
      action: 'Run `longhand samples` to see the data sets that there are.',
    },
    'zh-CN': { message: '没有数据集“{name}”。', action: '运行 `longhand samples` 查看已有的数据集。' },
  },
  'dataset-exists': {
    severity: 'error',
    en: { message: 'There is a data set "{name}" already.', action: 'Choose another name.' },
    'zh-CN': { message: '数据集“{name}”已存在。', action: '请换一个名称。' },
  },
  'dataset-own': {
    severity: 'error',
    en: {
      message: 'The data set "{name}" holds your own handwriting and cannot be removed.',
      action: 'Remove its samples, or wipe all that you wrote.',
    },
    'zh-CN': {
      message: '数据集“{name}”保存您自己的笔迹，不能移除。',
      action: '可以移除其中的样本，或清除您书写的全部内容。',
    },
  },
  'filter-invalid': {
    severity: 'error',
    en: {
      message: '"{filter}" is no filter for samples: {detail}',
      action: 'Write it like label=3&split=test&corrected=true&confidence=0.2..0.9.',
    },
    'zh-CN': {
      message: '“{filter}”不是样本筛选条件：{detail}',
      action: '请写成 label=3&split=test&corrected=true&confidence=0.2..0.9 的形式。',
    },
  },
  'import-busy': {
    severity: 'error',
    en: {
      message: 'Another import is running (process {pid}).',
      action: 'Wait until it is done, or cancel it, then try again.',
    },
    'zh-CN': { message: '另一个导入正在进行（进程 {pid}）。', action: '请等它完成或取消它，然后重试。' },
  },
  'store-broken': {
    severity: 'error',
    en: {
      message: 'The file with your samples, {file}, cannot be used: {detail}',
      action:
        'Reading still works. `longhand samples --repair` saves what can be read of it into a new file, and keeps this one.',
    },
    'zh-CN': {
      message: '样本文件 {file} 无法使用：{detail}',
      action: '识别仍可使用。运行 `longhand samples --repair` 可把能读取的内容存入新文件，并保留原文件。',
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
})

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorTexts, value)
}
