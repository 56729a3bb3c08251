/** Tells a training's speed, smoothed over the last seconds. */
export class StepClock {
  private last = performance.now()
  private secondsPerStep: number | undefined

  /** To be called where work begins again after a rest, which then does not count. */
  restart(): void {
    this.last = performance.now()
  }

  /**
   * To be called after each step.
   * @param samples in the step
   * @param stepsLeft after it
   */
  tick(samples: number, stepsLeft: number): { imagesPerSecond: number; secondsLeft: number } {
    const now = performance.now()
    const seconds = (now - this.last) / 1000
    this.last = now
    this.secondsPerStep =
      this.secondsPerStep === undefined ? seconds : 0.95 * this.secondsPerStep + 0.05 * seconds
    return { imagesPerSecond: samples / this.secondsPerStep, secondsLeft: this.secondsPerStep * stepsLeft }
  }
}
