/** Marks what is dragged out of Longhand, so that its own pad does not take it for something to read. */
const ownType = 'application/x-longhand'

/** Lets an element be dragged into another program as text; `text` is asked when it begins. */
export function dragsText(text: () => string) {
  return (event: DragEvent): void => begin(event, (data) => data.setData('text/plain', text()))
}

/** Lets a canvas be dragged to the desktop or a folder as a PNG of that name. */
export function dragsPicture(name: string, canvas: () => HTMLCanvasElement) {
  return (event: DragEvent): void =>
    // The one form in which Chromium, and so Electron, hands a file over that does not exist yet.
    begin(event, (data) =>
      data.setData('DownloadURL', `image/png:${name}:${canvas().toDataURL('image/png')}`),
    )
}

/** Whether something is dragged that came from here. */
export function isOwnDrag(data: DataTransfer | null): boolean {
  return data?.types.includes(ownType) ?? false
}

function begin(event: DragEvent, fill: (data: DataTransfer) => void): void {
  const data = event.dataTransfer
  if (!data) return
  data.setData(ownType, '1')
  data.effectAllowed = 'copy'
  fill(data)
}
