// Opens the camera or the file picker from a button. An input of its own, so that the page holds one file input per place only.

export interface Pick {
  readonly accept: string
  /** The camera at once, where there is one. */
  readonly camera?: boolean
  readonly multiple?: boolean
}

/** HEIC is left out: phones then hand over JPEG. */
export const PHOTOS = 'image/jpeg,image/png'
export const PHOTOS_AND_PDF = `${PHOTOS},application/pdf`

/** Calls back with what was chosen; nothing happens when the picker is closed without a choice. */
export function pickFiles(pick: Pick, chosen: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = pick.accept
  input.multiple = pick.multiple === true
  if (pick.camera) input.setAttribute('capture', 'environment')
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])]
    if (files.length > 0) chosen(files)
  })
  input.click()
}
