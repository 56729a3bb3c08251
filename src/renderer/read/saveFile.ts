/** Lets the browser, or the desktop app's window, save what the page made. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has taken the address by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
