/** One running engine process, however it was started: child_process.fork, or Electron's utilityProcess. */
export interface EngineProcessHandle {
  readonly pid: number | undefined
  /** Sends one structured-clonable frame. */
  send(frame: unknown): void
  onMessage(listener: (frame: unknown) => void): void
  /** Called once, with what is known of the reason (exit code or signal). */
  onExit(listener: (reason: string) => void): void
  /** Ends it at once; onExit follows. */
  kill(): void
}

/**
 * `recognize` is always warm; `train` lives while a training, an evaluation or an import runs; `store` reads and changes the
 * samples, and is a program of its own.
 */
export type EngineInstance = 'recognize' | 'train' | 'store'
/** @param dataFolder where this user's samples lie */
export type SpawnEngine = (instance: EngineInstance, dataFolder: string) => EngineProcessHandle

/** The program of each kind of process, in the folder of the built programs. */
export const programOf = (instance: EngineInstance): string =>
  instance === 'store' ? 'store.js' : 'engine.js'
