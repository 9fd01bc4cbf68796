// The pause after several wrong tries: it counts down, and goes on by itself if somebody already pressed the button.

export class Pause {
  /** Whole seconds left; 0 = no pause. */
  left = $state(0)
  /** The button was pressed during the pause: the try follows by itself. */
  queued = $state(false)
  readonly #next: () => void
  #until = 0
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(next: () => void) {
    this.#next = next
  }

  start(seconds: number, queued: boolean): void {
    this.stop()
    if (seconds <= 0) return
    this.queued = queued
    this.#until = Date.now() + seconds * 1000
    this.left = seconds
    this.#timer = setInterval(() => this.#tick(), 250)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.left = 0
    this.queued = false
  }

  #tick(): void {
    this.left = Math.max(0, Math.ceil((this.#until - Date.now()) / 1000))
    if (this.left > 0) return
    const goOn = this.queued
    this.stop()
    if (goOn) this.#next()
  }
}
