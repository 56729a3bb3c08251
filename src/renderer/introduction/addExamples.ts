import { toAppError } from '../../shared/contract/clientError'
import type { App } from '../state/app'

/**
 * Gets the samples to play with into a data set of their own.
 * @returns whether they are there, now or since before; what failed has been said
 */
export async function addExamples({ client, texts, toasts, report }: App): Promise<boolean> {
  try {
    const { id, samples } = await client.datasets.addExamples({ name: texts.t('examples.dataset') })
    toasts.show('examples', {
      tone: 'success',
      title: () => texts.t('examples.added', { count: samples }),
      action: {
        label: () => texts.t('toast.undo'),
        run: () => void client.datasets.remove({ dataset: id }).catch(report),
      },
    })
    return true
  } catch (thrown) {
    if (toAppError(thrown).code === 'dataset-exists') return true
    report(thrown)
    return false
  }
}
