// What a button of a sheet does: the new row of sheets, what is said about it, and where the focus goes on.
import { m } from '../paraglide/messages.js'
import { type Sheet, withMove, without, withTurn } from './sheet.ts'

export type SheetAction = 'left' | 'right' | 'up' | 'down' | 'again' | 'delete'

export interface Done {
  readonly sheets: readonly Sheet[]
  readonly spoken: string
  /** Ids of elements; the first that can take the focus gets it. */
  readonly focus: readonly string[]
}

const idOf = (sheet: Sheet | undefined, part: string): string => `sheet-${sheet?.key}-${part}`

/** Everything but "again", for which the camera must be asked first. */
export function actOn(
  sheets: readonly Sheet[],
  at: number,
  action: Exclude<SheetAction, 'again'>,
): Done {
  const sheet = sheets[at]
  const count = sheets.length
  const stay = [idOf(sheet, action)]
  switch (action) {
    case 'left':
    case 'right': {
      const spoken = action === 'left' ? m.sheet_spoken_left : m.sheet_spoken_right
      const turned = withTurn(sheets, at, action === 'left' ? -90 : 90)
      return { sheets: turned, spoken: spoken({ number: at + 1 }), focus: stay }
    }
    case 'up':
    case 'down': {
      const by = action === 'up' ? -1 : 1
      const spoken = m.sheet_spoken_moved({ number: at + by + 1, count })
      // At the end of the row the button is switched off: the opposite one is beside it.
      const opposite = idOf(sheet, action === 'up' ? 'down' : 'up')
      return { sheets: withMove(sheets, at, by), spoken, focus: [...stay, opposite] }
    }
    case 'delete': {
      const left = without(sheets, at)
      const next = left[Math.min(at, left.length - 1)]
      const spoken = m.sheet_spoken_deleted({ number: at + 1, count: left.length })
      return { sheets: left, spoken, focus: [idOf(next, 'name')] }
    }
    default:
      return action satisfies never
  }
}

/** Puts the focus on the first of the elements that is there and switched on. */
export function focusFirst(ids: readonly string[]): void {
  for (const id of ids) {
    const element = document.getElementById(id)
    if (!element || (element instanceof HTMLButtonElement && element.disabled)) continue
    element.focus()
    return
  }
}
