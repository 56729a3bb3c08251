import type { Component } from 'svelte'

/** One of a row of buttons that show an icon. */
export interface IconAction {
  /** Its name, for the tooltip and for screen readers. */
  readonly label: string
  readonly Icon: Component<{ size: number; 'aria-hidden': 'true' }>
  /** The key that does the same, in the tooltip. */
  readonly keys?: string
  readonly disabled?: boolean
  /** For a button that is on or off. */
  readonly pressed?: boolean
  readonly run: () => void
}
