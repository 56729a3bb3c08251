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

/** `recognize` is always warm; `train` lives while a training or an evaluation runs. */
export type EngineInstance = 'recognize' | 'train'
export type SpawnEngine = (instance: EngineInstance) => EngineProcessHandle
