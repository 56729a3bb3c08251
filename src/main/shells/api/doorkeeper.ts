import type { IncomingMessage } from 'node:http'
import { AppError } from '../../../shared/errors/appError'
import type { Services } from '../../services/createServices'
import { hostFault } from '../hostCheck'
import { TokenBucket, type Rate } from './tokenBucket'

/** Of one program. A reading takes some milliseconds of a core. */
const PROGRAM_RATE: Rate = { burst: 200, perSecond: 50 }
/** Of all who have shown no valid token yet, together: a guess costs its place among these. */
const STRANGER_RATE: Rate = { burst: 20, perSecond: 1 }

/** Decides who is let in. */
export class Doorkeeper {
  readonly #strangers: TokenBucket
  readonly #known = new Map<string, TokenBucket>()

  /** @param now the time in ms, from any beginning */
  constructor(
    private readonly access: Pick<Services['api'], 'admit'>,
    private readonly now: () => number,
  ) {
    this.#strangers = new TokenBucket(STRANGER_RATE, now)
  }

  /**
   * No web page gets further than this, even one that knows a token. A browser names the page in Origin or Sec-Fetch-Site, and a
   * page cannot leave both out; a name that was made to point at 127.0.0.1 (DNS rebinding) stands in Host.
   * @throws AppError 'api-page-refused'
   */
  refusePages(request: IncomingMessage, port: number): void {
    const { origin } = request.headers
    const site = request.headers['sec-fetch-site']
    if (hostFault(request, port) !== null || origin !== undefined || site !== undefined) {
      throw new AppError('api-page-refused', {})
    }
  }

  /** Lets a stranger ask for what is no secret. @throws AppError 'api-too-many' */
  admitStranger(): void {
    spend(this.#strangers)
  }

  /**
   * The program that asks. A token that was never valid before is looked at only while strangers have a turn, so that guesses are slow,
   * and those who guess do not keep out who is known.
   * @throws AppError 'api-token-wrong', 'api-too-many'
   */
  async admitProgram(request: IncomingMessage): Promise<string> {
    const token = /^Bearer (\S{1,256})$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const known = this.#known.get(token)
    spend(known ?? this.#strangers)
    const program = await this.access.admit(token)
    if (program === null) {
      this.#known.delete(token)
      throw new AppError('api-token-wrong', {})
    }
    if (!known) this.#known.set(token, new TokenBucket(PROGRAM_RATE, this.now))
    return program
  }
}

function spend(bucket: TokenBucket): void {
  const seconds = bucket.take()
  if (seconds > 0) throw new AppError('api-too-many', { seconds })
}
