/** Counts a training's steps and tells its speed, smoothed over the last seconds. */
export class StepClock {
  step = 0
  private last = performance.now()
  private secondsPerStep: number | undefined

  constructor(readonly steps: number) {}

  /** To be called after each step, with the number of samples in it. */
  tick(samples: number): { imagesPerSecond: number; secondsLeft: number } {
    const now = performance.now()
    const seconds = (now - this.last) / 1000
    this.last = now
    this.step++
    this.secondsPerStep =
      this.secondsPerStep === undefined ? seconds : 0.95 * this.secondsPerStep + 0.05 * seconds
    return {
      imagesPerSecond: samples / this.secondsPerStep,
      secondsLeft: this.secondsPerStep * (this.steps - this.step),
    }
  }
}
