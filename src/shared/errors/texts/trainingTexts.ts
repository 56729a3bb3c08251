import { checkedTexts } from './errorText'

/** Trainings and their checkpoints. */
export const trainingTexts = checkedTexts({
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
  'training-busy': {
    severity: 'info',
    en: {
      message: 'Another training is still running (process {pid}).',
      action: 'Wait until it is done, or cancel it.',
    },
    'zh-CN': { message: '另一个训练仍在进行（进程 {pid}）。', action: '请等待它完成，或取消它。' },
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
})
