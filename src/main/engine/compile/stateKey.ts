/**
 * The kinds of tensors that a training carries from step to step, one for each parameter; 'start' is what it began with, and
 * stays.
 */
export type StateKind = 'weights' | 'momentum' | 'secondMoment' | 'average' | 'start'

/** Name of a state tensor in graphs, sessions and checkpoints. */
export function stateKey(kind: StateKind, parameter: string): string {
  return `${kind}/${parameter}`
}
