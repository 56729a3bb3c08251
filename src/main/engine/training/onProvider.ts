import { AppError } from '../../../shared/errors/appError'
import type { Provider } from '../../../shared/training/recipe'
import { messageOf } from '../model/messageOf'

/**
 * Does what a provider computes. On any but the CPU, which has no driver or device to lose, what it throws becomes
 * 'provider-failed', which a training answers by going on with the CPU.
 */
export async function onProvider<T>(provider: Provider, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (provider === 'cpu') throw error
    throw new AppError('provider-failed', { provider, detail: messageOf(error) }, { cause: error })
  }
}
