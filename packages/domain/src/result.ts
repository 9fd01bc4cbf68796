// The one shape in which expected outcomes are handed back; exceptions are bugs or broken I/O.
export type Ok<T> = { readonly ok: true; readonly value: T }
export type Err<E> = { readonly ok: false; readonly error: E }
export type Result<T, E> = Ok<T> | Err<E>

/** A success carrying `value`. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

/** An expected failure; `error` is a stable code, or data that holds such codes. */
export function err<E>(error: E): Err<E> {
  return { ok: false, error }
}
