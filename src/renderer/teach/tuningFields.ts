import type { UsualTuning } from '../../shared/teaching/teaching'

/** A hyper-parameter that is a number, with the bounds that the form allows. */
interface NumberField {
  readonly key: {
    [Key in keyof UsualTuning]: UsualTuning[Key] extends number ? Key : never
  }[keyof UsualTuning]
  readonly min: number
  readonly max: number
  /** Of the arrows beside the field. */
  readonly step: number
  readonly isWhole: boolean
}

/** As teachingTuningSchema bounds them. */
export const tuningFields: readonly NumberField[] = [
  { key: 'learningRate', min: 0.000_001, max: 1, step: 0.0001, isWhole: false },
  { key: 'batchSize', min: 8, max: 1024, step: 8, isWhole: true },
  { key: 'epochs', min: 1, max: 1000, step: 1, isWhole: true },
  { key: 'copies', min: 1, max: 200, step: 1, isWhole: true },
  { key: 'replayShare', min: 0.1, max: 0.9, step: 0.05, isWhole: false },
  { key: 'anchor', min: 0, max: 1000, step: 0.01, isWhole: false },
  { key: 'l2', min: 0, max: 1, step: 0.0001, isWhole: false },
  { key: 'dropout', min: 0, max: 0.9, step: 0.05, isWhole: false },
  { key: 'patience', min: 0, max: 1000, step: 1, isWhole: true },
]

/** Limits of the changes that copies of a sample go through, within what still looks like a hand. */
export const augmentationFields = [
  { key: 'rotation', max: 45, step: 1 },
  { key: 'scale', max: 0.5, step: 0.01 },
  { key: 'shift', max: 6, step: 0.5 },
  { key: 'shear', max: 0.6, step: 0.02 },
  { key: 'elastic', max: 4, step: 0.1 },
  { key: 'thickness', max: 3, step: 0.1 },
] as const
