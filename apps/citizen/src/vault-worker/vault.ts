// The page's side of the worker: starts it once and turns its methods into promises.

import type { VaultApi, VaultCall, VaultMethod, VaultReply } from './protocol.ts'
import workerUrl from './worker.ts?worker&url'

/** The worker refused or broke; `code` is stable and tells nothing personal. */
export class WorkerError extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.name = 'WorkerError'
    this.code = code
  }

  /** Whether the vault judged what it was given, and did not just break (`worker....`). */
  get isOpinion(): boolean {
    return !this.code.startsWith('worker.')
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: WorkerError) => void
}

interface ScriptPolicy {
  createScriptURL(url: string): string
}

interface PolicyFactory {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy
}

const waiting = new Map<number, Waiting>()
let worker: Worker | undefined
let lastId = 0

/** Trusted Types: this policy lets exactly one script run as a worker. */
function trustedUrl(): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  const rules: ScriptPolicy = {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new TypeError('not the built worker')
      return url
    },
  }
  return (factory?.createPolicy('einmal-pin-worker', rules) ?? rules).createScriptURL(workerUrl)
}

function settle(reply: VaultReply): void {
  const { resolve, reject } = waiting.get(reply.id) ?? {}
  waiting.delete(reply.id)
  if (reply.ok) resolve?.(reply.value)
  else reject?.(new WorkerError(reply.code))
}

function failAll(): void {
  for (const { reject } of waiting.values()) reject(new WorkerError('worker.broken'))
  waiting.clear()
}

function started(): Worker {
  if (worker) return worker
  worker = new Worker(trustedUrl(), { type: 'module', name: 'vault' })
  worker.addEventListener('message', (event: MessageEvent<VaultReply>) => settle(event.data))
  worker.addEventListener('error', failAll)
  return worker
}

/** Calls a method of the worker. Rejects with a WorkerError. */
export function vault<M extends VaultMethod>(
  method: M,
  ...parameters: Parameters<VaultApi[M]>
): ReturnType<VaultApi[M]> {
  lastId += 1
  const call: VaultCall = { id: lastId, method, parameters }
  const answer = new Promise<unknown>((resolve, reject) => {
    waiting.set(call.id, { resolve, reject })
  })
  started().postMessage(call)
  return answer as ReturnType<VaultApi[M]>
}
