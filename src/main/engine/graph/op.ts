/** Element types of the engine's tensors. */
export type DType = 'float' | 'int32' | 'uint8' | 'bool'

type None = Readonly<Record<string, never>>
/** Rows and columns. */
export type Pair = readonly [number, number]

/** Attributes of the windowed operators. Tensors are [batch, channels, height, width]. */
export interface WindowAttributes {
  readonly kernel: Pair
  readonly stride: Pair
}

export interface ConvAttributes extends WindowAttributes {
  readonly padding: readonly [number, number, number, number]
  readonly groups: number
}

/** Channels that are kept side by side in what goes in and comes out (see ToBlocks); 0 for none. */
interface Blocked {
  readonly block: number
}

export interface ReductionAttributes {
  readonly axes: readonly number[]
  readonly keepDims: boolean
}

/**
 * The closed list of operators that a graph is made of, with their attributes. Each has one output. For every one there is
 * a rule for its shape (inferShape.ts), for its ONNX form (onnx/lowerOp.ts) and for its gradient (autodiff/rules).
 */
export interface OpAttributes {
  Add: None
  Sub: None
  Mul: None
  Div: None
  Neg: None
  Relu: None
  Exp: None
  Log: None
  Sqrt: None
  Erf: None
  Sigmoid: None
  /**
   * Heaviside's step function: 0 below zero, 1 above, and there `atZero`. Numbers nearer to zero than 3e-39 may come out in
   * between.
   */
  Step: { readonly atZero: 0 | 1 }
  /** a > b, as bool. */
  Greater: None
  /** a = b, as bool. */
  Equal: None
  And: None
  Not: None
  /** From bool, int32 or uint8 to float. */
  ToFloat: None
  /** condition ? a : b */
  Where: None
  /** The value itself, through which no gradient flows. */
  StopGradient: None
  ReduceSum: ReductionAttributes
  ReduceMean: ReductionAttributes
  ReduceMax: ReductionAttributes
  /** Matrix product over the last two axes; leading axes broadcast. */
  MatMul: { readonly transposeA: boolean; readonly transposeB: boolean }
  Reshape: { readonly shape: readonly number[] }
  /** [batch, ...] -> [batch, rest]. Unlike Reshape it does not fix the batch. */
  Flatten: None
  Transpose: { readonly permutation: readonly number[] }
  Expand: { readonly shape: readonly number[] }
  Concat: { readonly axis: number }
  /** One range per listed axis; a step of -1 runs from the end to the start of the axis. */
  Slice: {
    readonly axes: readonly number[]
    readonly starts: readonly number[]
    readonly ends: readonly number[]
    readonly steps: readonly number[]
  }
  /** Zeros before and after each axis. */
  Pad: { readonly before: readonly number[]; readonly after: readonly number[] }
  /** inputs: x, weight [out, in / groups, rows, columns], optionally bias [out]. Padding is [top, left, bottom, right]. */
  Conv: ConvAttributes & Blocked
  MaxPool: WindowAttributes & Blocked
  AveragePool: WindowAttributes & Blocked
  /**
   * The same numbers in the order [batch, channels / block, height, width, block], which the CPU's fastest convolutions
   * work in; the shape stays [batch, channels, height, width].
   */
  ToBlocks: None
  /** Back from there. */
  FromBlocks: None
  /** Each column `count` times, of a tensor in blocks. */
  RepeatColumns: { readonly count: number }
  /**
   * scale * (x - mean) / sqrt(variance + epsilon) + shift, per channel. inputs: x, scale, shift, mean, variance.
   * Its gradient takes mean and variance as the statistics of x itself, as training does.
   */
  BatchNorm: { readonly epsilon: number }
}

export type Op = keyof OpAttributes
