/** Browsers hold an element no higher than 2^25 device pixels, or less; this is safe in all, on fine displays too. */
const highestPx = 8_000_000

/**
 * Scrolling through more than a browser can hold: the scrolled element is cut at a safe height, and its scroll position stands
 * for a share of the whole. Up to that height, the two are the same.
 */
export class ScaledScroll {
  #contentPx = 0
  #viewPx = 0
  /** The element's position that was asked for, and what it stands for to the pixel. */
  #set = { scrollTop: 0, topPx: 0 }

  resize(contentPx: number, viewPx: number): void {
    this.#contentPx = contentPx
    this.#viewPx = viewPx
    this.#set = { scrollTop: -1, topPx: 0 }
  }

  /** Height of the element that scrolls. */
  get elementPx(): number {
    return Math.min(this.#contentPx, highestPx)
  }

  get isScaled(): boolean {
    return this.#contentPx > highestPx
  }

  get lastTopPx(): number {
    return Math.max(0, this.#contentPx - this.#viewPx)
  }

  /** From where the content is to be shown, for a position of the element. */
  topOf(scrollTop: number): number {
    // The element's position is too coarse for where the content was put; browsers round it, too.
    if (Math.abs(scrollTop - this.#set.scrollTop) < 1) return this.#set.topPx
    return this.#clamp(scrollTop * this.#ratio)
  }

  /** The position to give to the element, so that the content is shown from `topPx` on. */
  scrollTopFor(topPx: number): number {
    const clamped = this.#clamp(topPx)
    this.#set = { scrollTop: clamped / this.#ratio, topPx: clamped }
    return this.#set.scrollTop
  }

  get #ratio(): number {
    const elementRange = this.elementPx - this.#viewPx
    return this.isScaled && elementRange > 0 ? this.lastTopPx / elementRange : 1
  }

  #clamp(topPx: number): number {
    return Math.min(this.lastTopPx, Math.max(0, topPx))
  }
}
