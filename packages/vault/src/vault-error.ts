// The only error that vault throws for data it refuses.

/**
 * Carries a stable code and nothing else: no length, no position, no cause. Whoever sends tampered
 * data learns from it only that the data was refused.
 */
export class VaultError extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.name = 'VaultError'
    this.code = code
  }
}
