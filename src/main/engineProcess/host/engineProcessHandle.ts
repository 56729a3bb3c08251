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

/**
 * Flags of Node for each kind of process. The store's heap holds 10 MB that live and much that does not: with V8's 16 MB for what is
 * new it came to 110 MB, with 2 MB it stays at 84 MB, and gets there sooner.
 */
export const flagsOf = (instance: EngineInstance): string[] =>
  instance === 'store' ? ['--max-semi-space-size=2'] : []

/** The program of each kind of process, in the folder of the built programs. */
export const programOf = (instance: EngineInstance): string =>
  instance === 'store' ? 'store.js' : 'engine.js'
