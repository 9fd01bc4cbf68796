// Why a file cannot be taken; the page has a message for each code (paper-text.ts).

export type PaperCode =
  | 'paper.empty'
  | 'paper.heic'
  | 'paper.photo'
  | 'paper.notPdf'
  | 'paper.locked'
  | 'paper.type'
  | 'paper.failed'

export class PaperError extends Error {
  readonly code: PaperCode

  constructor(code: PaperCode) {
    super(code)
    this.name = 'PaperError'
    this.code = code
  }
}
