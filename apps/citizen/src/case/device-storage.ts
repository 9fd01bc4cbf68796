// IndexedDB of this device: unsent drafts and uploads, all sealed. Every function works without it, only shorter.

const NAME = 'einmal-pin'
const STORES = ['drafts', 'uploads', 'files'] as const
export type StoreName = (typeof STORES)[number]

let opening: Promise<IDBDatabase> | undefined

function openDatabase(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      for (const store of STORES) request.result.createObjectStore(store)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
  return opening
}

async function run<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode)
    const request = act(transaction.objectStore(store))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })
}

/** What lies in a store: `at` is when it was laid down, milliseconds. */
interface Entry {
  readonly at: number
  readonly value: unknown
}

/** Keys begin with the case id, so that one case can be wiped. Resolves to false when there is no room. */
export async function put(store: StoreName, key: string, value: unknown): Promise<boolean> {
  const entry: Entry = { at: Date.now(), value }
  try {
    await run(store, 'readwrite', (target) => target.put(entry, key))
    return true
  } catch {
    return false
  }
}

export async function get<T>(store: StoreName, key: string): Promise<T | undefined> {
  try {
    const entry: Entry | undefined = await run(store, 'readonly', (target) => target.get(key))
    return entry?.value as T | undefined
  } catch {
    return undefined
  }
}

/** All values whose key begins with the case id. */
export async function allOf<T>(store: StoreName, caseId: string): Promise<readonly T[]> {
  try {
    const range = rangeOf(caseId)
    const entries: Entry[] = await run(store, 'readonly', (target) => target.getAll(range))
    return entries.map(({ value }) => value as T)
  } catch {
    return []
  }
}

export async function drop(store: StoreName, key: string): Promise<void> {
  await run(store, 'readwrite', (target) => target.delete(key)).catch(() => undefined)
}

const rangeOf = (caseId: string) => IDBKeyRange.bound(caseId, `${caseId}\uffff`)

/** Removes everything of one case. */
export async function wipeDevice(caseId: string): Promise<void> {
  for (const store of STORES) {
    await run(store, 'readwrite', (target) => target.delete(rangeOf(caseId))).catch(() => undefined)
  }
}

/** Removes what was laid down before an instant (milliseconds), of whatever case. */
export async function wipeBefore(instant: number): Promise<void> {
  for (const store of STORES) {
    await run(store, 'readwrite', (target) => dropOld(target, instant)).catch(() => undefined)
  }
}

function dropOld(store: IDBObjectStore, instant: number): IDBRequest<IDBCursorWithValue | null> {
  const asking = store.openCursor()
  asking.onsuccess = () => {
    const cursor = asking.result
    if (cursor === null) return
    const { at = 0 }: Partial<Entry> = cursor.value
    if (at < instant) cursor.delete()
    cursor.continue()
  }
  return asking
}
