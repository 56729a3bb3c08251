import { z } from 'zod'

export const evaluationMetricsSchema = z.object({
  count: z.int(),
  accuracy: z.number(),
  macroPrecision: z.number(),
  macroRecall: z.number(),
  macroF1: z.number(),
  /** Of a model that reads texts; `accuracy` is then that of whole texts, the macro averages are those of characters. */
  characterErrorRate: z.number().optional(),
})

/** The result of running a model over labelled data. Macro averages run over the classes that occur in the data. */
export const evaluationSchema = evaluationMetricsSchema.extend({
  model: z.string(),
  data: z.string(),
  perClass: z.array(
    z.object({
      label: z.string(),
      precision: z.number(),
      recall: z.number(),
      f1: z.number(),
      support: z.int(),
    }),
  ),
  /** Row: the true class; column: the answer; both in the order of `perClass`. */
  confusion: z.array(z.array(z.int())),
  /** Samples that the model would have turned down as 'not a character' in the app; they are counted by their best class. */
  rejected: z.int(),
  imagesPerSecond: z.number(),
  /** Accuracy where c and C are one, since no shape tells them apart; absent for classes without such pairs. */
  mergedCaseAccuracy: z.number().optional(),
  /** Accuracy where only labels of the data are answered, as in a field for just these; absent where those are all classes. */
  amongPresentAccuracy: z.number().optional(),
  /** Share of the samples whose label is among the ten best answers; absent for models that have no more. */
  topTenAccuracy: z.number().optional(),
  /** Of a model that reads words, where a list of them was given. */
  lexicon: z
    .object({
      words: z.int(),
      accuracy: z.number(),
      mergedCaseAccuracy: z.number(),
      characterErrorRate: z.number(),
    })
    .optional(),
})

export type EvaluationMetrics = z.infer<typeof evaluationMetricsSchema>
export type Evaluation = z.infer<typeof evaluationSchema>
