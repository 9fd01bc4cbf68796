// What every labelled input says about itself.

export interface Labels {
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly optionalLabel?: string | undefined
}
