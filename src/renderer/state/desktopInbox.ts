import type { Client } from '../../shared/contract/client'
import type { DesktopCommand, DesktopEvent } from '../../shared/contract/desktop'
import { toAppError } from '../../shared/contract/clientError'
import { Listeners } from '../client/listeners'

type PictureEvent = Extract<DesktopEvent, { event: 'picture' }>

/**
 * What the desktop shell has for the page, handed to the part that it concerns. What comes for a screen while that is not on
 * show waits for it: a picture that the app was opened with is not lost.
 */
export class DesktopInbox {
  readonly models = new Listeners<[file: string]>()
  readonly recoveries = new Listeners<[part: 'app' | 'page']>()
  readonly #client: Pick<Client, 'desktop'>
  #command: ((command: DesktopCommand) => void) | null = null
  #picture: ((picture: PictureEvent) => void) | null = null
  #waiting: PictureEvent[] = []

  constructor(client: Pick<Client, 'desktop'>) {
    this.#client = client
  }

  /** Reads until the line breaks, or another page takes over. */
  async read(): Promise<void> {
    try {
      for await (const event of await this.#client.desktop.events()) this.#handOver(event)
    } catch (thrown) {
      // A line that broke is told of by its banner, and what comes meanwhile waits in the shell.
      if (toAppError(thrown).code !== 'connection-lost') throw thrown
    }
  }

  /** A screen that takes commands and pictures, until it calls what it got. */
  serve(screen: {
    command(command: DesktopCommand): void
    picture(picture: PictureEvent): void
  }): () => void {
    this.#command = (command) => screen.command(command)
    this.#picture = (picture) => screen.picture(picture)
    for (const picture of this.#waiting.splice(0)) screen.picture(picture)
    return () => {
      this.#command = null
      this.#picture = null
    }
  }

  #handOver(event: DesktopEvent): void {
    if (event.event === 'command') this.#command?.(event.command)
    else if (event.event === 'model') this.models.call(event.file)
    else if (event.event === 'recovered') this.recoveries.call(event.part)
    else if (this.#picture) this.#picture(event)
    else this.#waiting.push(event)
  }
}
