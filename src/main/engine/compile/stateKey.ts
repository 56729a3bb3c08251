/** The kinds of tensors that a training carries from step to step, one for each parameter. */
export type StateKind = 'weights' | 'momentum' | 'secondMoment' | 'average'

/** Name of a state tensor in graphs, sessions and checkpoints. */
export function stateKey(kind: StateKind, parameter: string): string {
  return `${kind}/${parameter}`
}
