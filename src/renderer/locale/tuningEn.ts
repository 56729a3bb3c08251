/** The texts of what can be set by hand for a teaching, in English. */
export const tuningEn = {
  'tuning.open': 'Advanced',
  'tuning.bounds': 'Usually {{usual}}, from {{min}} to {{max}}.',
  'tuning.learningRate': 'Learning rate',
  'tuningAbout.learningRate':
    'How large a step it takes after each batch; too large and it forgets, too small and nothing happens.',
  'tuning.batchSize': 'Batch',
  'tuningAbout.batchSize': 'How many pictures it looks at before each step.',
  'tuning.epochs': 'Epochs',
  'tuningAbout.epochs': 'How often it goes through all samples and their copies.',
  'tuning.copies': 'Copies',
  'tuningAbout.copies':
    'How many changed copies of each sample the last layer and the last blocks learn from.',
  'tuning.replayShare': 'Replay',
  'tuningAbout.replayShare':
    'Share of each batch that repeats what the model was first trained on, so that it is not forgotten.',
  'tuning.anchor': 'Hold to the old weights',
  'tuningAbout.anchor': 'How strongly all weights are pulled back to where they began.',
  'tuning.l2': 'L2',
  'tuningAbout.l2': 'How strongly all weights are pulled to zero, which evens out what is learned.',
  'tuning.dropout': 'Dropout',
  'tuningAbout.dropout':
    'Share of the features that the last layer does without at random in each step, so that it relies on no single one.',
  'tuning.patience': 'Early stopping',
  'tuningAbout.patience':
    'Stops a training after so many epochs without a gain, which makes the measurement a little too kind; 0 never stops.',
  'tuning.optimizer': 'Optimizer',
  'tuningAbout.optimizer': 'How steps are made of gradients. Usually Adam.',
  'tuning.optimizer.sgd': 'SGD with momentum',
  'tuning.optimizer.adam': 'Adam',
  'tuning.optimizer.adamw': 'AdamW',
  'tuning.schedule': 'Schedule',
  'tuningAbout.schedule':
    'How the learning rate changes on the way. Usually one cycle: up, then down to nothing.',
  'tuning.schedule.constant': 'Constant',
  'tuning.schedule.step': 'In steps',
  'tuning.schedule.cosine': 'Cosine',
  'tuning.schedule.one-cycle': 'One cycle',
  'tuning.provider': 'Computed on',
  'tuningAbout.provider':
    'For so few samples the processor is usually the fastest; if a graphics card fails, the processor goes on.',
  'tuning.baseLimit': 'May lose, in percent',
  'tuningAbout.baseLimit':
    'How much of what it knew before the new model may lose and still pass. Usually 0.5.',
  'tuning.augmentation': 'Changed copies',
  'tuningAbout.augmentation':
    'How far copies of your samples may differ from them. They should still look like your hand.',
  'tuning.rotation': 'Turn, degrees',
  'tuning.scale': 'Size',
  'tuning.shift': 'Shift, pixels',
  'tuning.shear': 'Slant',
  'tuning.elastic': 'Waviness',
  'tuning.thickness': 'Thickness',
  'tuning.original': '{{label}} as you wrote it',
  'tuning.copy': 'A changed copy of {{label}}',
  'tuning.reset': 'Back to what is usual',
} as const
