import type { OptimizerRecipe } from '../../../shared/training/recipe'
import type { GraphBuilder } from '../graph/graphBuilder'
import type { Value } from '../graph/value'
import type { StateKind } from './stateKey'

/** What one update has to work with. */
export interface UpdateInput {
  readonly parameter: Value
  readonly gradient: Value
  readonly learningRate: Value
  /** The optimizer's own state of this parameter. */
  readonly slots: Readonly<Partial<Record<StateKind, Value>>>
  /** Values of `stepScalars`, fed at each step. */
  readonly scalars: Readonly<Record<string, Value>>
  /** False for biases and normalisation, which are not pulled towards zero. */
  readonly decays: boolean
}
export interface UpdateOutput {
  readonly parameter: Value
  readonly slots: Readonly<Partial<Record<StateKind, Value>>>
}

/** An update rule, as graph. */
export interface Optimizer {
  readonly slots: readonly StateKind[]
  /** Numbers that depend on the step alone, 1 being the first. */
  stepScalars(step: number): Readonly<Record<string, number>>
  update(b: GraphBuilder, input: UpdateInput): UpdateOutput
}

export function createOptimizer(recipe: OptimizerRecipe): Optimizer {
  switch (recipe.type) {
    case 'sgd':
      return createSgd(recipe)
    case 'adam':
      return createAdam(recipe, 0)
    case 'adamw':
      return createAdam(recipe, recipe.weightDecay)
  }
}

function slot(slots: UpdateInput['slots'], kind: StateKind): Value {
  const value = slots[kind]
  if (!value) throw new Error(`the optimizer's ${kind} is missing`)
  return value
}

/** SGD with momentum in PyTorch's form, v = m v + g, and its variant of Nesterov's (Sutskever et al. 2013). */
function createSgd({ momentum, nesterov }: Extract<OptimizerRecipe, { type: 'sgd' }>): Optimizer {
  return {
    slots: ['momentum'],
    stepScalars: () => ({}),
    update: (b, { parameter, gradient, learningRate, slots }) => {
      const velocity = b.add(b.mul(slot(slots, 'momentum'), b.scalar(momentum)), gradient)
      const direction = nesterov ? b.add(b.mul(velocity, b.scalar(momentum)), gradient) : velocity
      return {
        parameter: b.sub(parameter, b.mul(direction, learningRate)),
        slots: { momentum: velocity },
      }
    },
  }
}

/**
 * Adam (Kingma & Ba 2015), its bias corrections fed as two numbers a step, and with decoupled weight decay AdamW (Loshchilov
 * & Hutter 2019).
 */
function createAdam(recipe: Exclude<OptimizerRecipe, { type: 'sgd' }>, weightDecay: number): Optimizer {
  const { beta1, beta2, epsilon } = recipe
  return {
    slots: ['momentum', 'secondMoment'],
    stepScalars: (step) => ({
      momentumCorrection: 1 / (1 - beta1 ** step),
      secondMomentCorrection: 1 / (1 - beta2 ** step),
    }),
    update: (b, { parameter, gradient, learningRate, slots, scalars, decays }) => {
      const { momentumCorrection, secondMomentCorrection } = scalars
      if (!momentumCorrection || !secondMomentCorrection) throw new Error('the bias corrections are missing')
      const blend = (old: Value, now: Value, beta: number): Value =>
        b.add(b.mul(old, b.scalar(beta)), b.mul(now, b.scalar(1 - beta)))
      const momentum = blend(slot(slots, 'momentum'), gradient, beta1)
      const secondMoment = blend(slot(slots, 'secondMoment'), b.mul(gradient, gradient), beta2)
      // Numbers are multiplied with numbers first: each pass over a tensor that this saves is a pass over every weight.
      const rootOfCorrection = b.sqrt(secondMomentCorrection)
      const root = b.add(b.sqrt(secondMoment), b.div(b.scalar(epsilon), rootOfCorrection))
      const rate = b.div(b.mul(learningRate, momentumCorrection), rootOfCorrection)
      const kept =
        decays && weightDecay > 0
          ? b.mul(parameter, b.sub(b.scalar(1), b.mul(learningRate, b.scalar(weightDecay))))
          : parameter
      return {
        parameter: b.sub(kept, b.mul(b.div(momentum, root), rate)),
        slots: { momentum, secondMoment },
      }
    },
  }
}
