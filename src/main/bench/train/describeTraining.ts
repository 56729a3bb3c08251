import type { TrainingSpeed } from './measureTraining'

/** The result in words, one line each. */
export function describeTraining(result: TrainingSpeed): string[] {
  const { processor, threads, rounds, secondsPerTurn, torch, tensorflow } = result
  return [
    `${processor}, ${threads} threads; medians of ${rounds} rounds, ${secondsPerTurn} s each in turn`,
    `training          ${result.training} images/s, at most ${result.peakMemoryMB} MB`,
    `forward alone     ${result.forward} images/s; training is ${result.ofIdeal} of a third of it`,
    `with fed weights  ${result.forwardWithFedWeights} images/s; ${result.ofIdealWithFedWeights}`,
    ...(torch
      ? [
          `PyTorch ${torch.version}  ${torch.training} images/s; ratio ${torch.ratio}`,
          `channels_last     ${torch.trainingChannelsLast} images/s; ratioChannelsLast ${torch.ratioChannelsLast}`,
        ]
      : []),
    ...(tensorflow
      ? [
          `TensorFlow ${tensorflow.version} (${tensorflow.device})  ${tensorflow.training} images/s; ratio ${tensorflow.ratio}`,
        ]
      : []),
  ]
}
