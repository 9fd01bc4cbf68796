// The text in an input while it is typed; the stored value follows, and comes back tidied when the field is left.
import { untrack } from 'svelte'

export class TypedText {
  text = $state('')
  #typing = false
  readonly #shown: () => string
  readonly #store: (text: string) => void

  /** `shown` is the stored value as text; another device may change it at any time. */
  constructor(shown: () => string, store: (text: string) => void) {
    this.#shown = shown
    this.#store = store
    this.text = untrack(shown)
    $effect.pre(() => {
      const next = shown()
      if (!this.#typing) this.text = next
    })
  }

  readonly input = (): void => {
    this.#typing = true
    this.#store(this.text)
  }

  readonly blur = (): void => {
    this.#typing = false
    this.text = this.#shown()
  }
}
