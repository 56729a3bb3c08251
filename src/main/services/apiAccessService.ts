import type { ApiProgram, ApiState } from '../../shared/contract/apiAccess'
import { AppError } from '../../shared/errors/appError'
import type { ApiPrograms } from '../store/apiPrograms'

/** Which programs may ask the local API, and how that stands in this process. */
export class ApiAccessService {
  #server: () => Promise<ApiState> = () => Promise.resolve({ url: null, fault: null })

  constructor(private readonly programs: ApiPrograms) {}

  /** The shell that serves the API says how that stands. */
  servedBy(state: () => Promise<ApiState>): void {
    this.#server = state
  }

  state(): Promise<ApiState> {
    return this.#server()
  }

  list(): Promise<ApiProgram[]> {
    return this.programs.list()
  }

  /** @throws AppError 'api-program-exists' */
  async add(name: string): Promise<{ program: ApiProgram; token: string }> {
    const added = await this.programs.add(name)
    if (!added) throw new AppError('api-program-exists', { name })
    return added
  }

  /** @throws AppError 'api-program-unknown' */
  async revoke(name: string): Promise<void> {
    if (!(await this.programs.revoke(name))) throw new AppError('api-program-unknown', { name })
  }

  /** The name of the program that the token belongs to; null for a token that is not valid. */
  admit(token: string): Promise<string | null> {
    return this.programs.admit(token)
  }
}
