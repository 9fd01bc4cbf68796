// Drag and drop on laptops: files may be let go on the place they belong to; anywhere else nothing happens.

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

/** A file that is let go beside its place must not take the page away. */
export function ignoreDrop(event: DragEvent): void {
  if (hasFiles(event)) event.preventDefault()
}

/** An attachment for the element that takes the files; it carries a class while files hover over it. */
export function dropZone(dropped: (files: readonly File[]) => void) {
  return (element: HTMLElement) => {
    let depth = 0
    const mark = () => element.classList.toggle('drop--over', depth > 0)
    const listeners: Readonly<Record<string, (event: DragEvent) => void>> = {
      dragenter: (event) => {
        if (hasFiles(event)) depth += 1
        mark()
      },
      dragleave: (event) => {
        if (hasFiles(event)) depth -= 1
        mark()
      },
      drop: (event) => {
        depth = 0
        mark()
        event.preventDefault()
        const files = [...(event.dataTransfer?.files ?? [])]
        if (files.length > 0) dropped(files)
      },
    }
    const entries = Object.entries(listeners) as [keyof HTMLElementEventMap, EventListener][]
    for (const [name, listener] of entries) element.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of entries) element.removeEventListener(name, listener)
    }
  }
}
