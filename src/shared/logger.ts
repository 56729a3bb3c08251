/** What the layers below the shells need of a log; pino's logger is one. Details come first, as fields of the line. */
export interface Logger {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}
