import type { GraphBuilder } from '../graph/graphBuilder'
import type { Shape } from '../graph/shape'
import type { Value } from '../graph/value'
import type { ParameterRole } from './parameter'

/** What building a network needs from the graph that it is built into: where parameters, noise and statistics come from. */
export interface ForwardContext {
  readonly b: GraphBuilder
  /** True: batch statistics and dropout. False: running statistics, no dropout. */
  readonly training: boolean
  /** True: normalisation uses the running statistics in training too, and leaves them as they are. */
  readonly keepsStatistics?: boolean
  /** Whether a layer stays as it is: it is then built as for inference. */
  isFrozen(layer: string): boolean
  parameter(name: string, shape: Shape, role: ParameterRole, fanIn?: number): Value
  /** A tensor of numbers drawn evenly from [0, 1), new at each step. */
  noise(name: string, shape: Shape): Value
  /** Told of each layer once it is built. */
  onLayer?(name: string, type: string, output: Value): void
  /** The batch statistics of a normalisation, for the running ones to follow. */
  observe(layer: string, momentum: number, moments: { mean: Value; variance: Value }): void
}
