// Lets one supervisor at a time use a data directory; the lock dies with its process, however that ends.
import { mkdir, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { errorCodeOf } from './database-errors.ts'

export type DataDirLock = { readonly release: () => Promise<void> }

/** Thrown when another living process holds the directory. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse'
  constructor(directory: string, holder: string) {
    super(`the data directory ${directory} is in use by another process${holder}`)
  }
}

/**
 * Holds `directory` (made if missing, 0700) until `release` or the end of the process. The lock is an abstract unix socket named after
 * the directory's device and inode (unix(7)): the kernel frees it even after SIGKILL, and no stale file can lock anybody out.
 */
export async function lockDataDir(directory: string): Promise<DataDirLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if (process.platform !== 'linux') return { release: async () => {} }
  const { dev, ino } = await stat(directory)
  const name = `\0einmal-pin-${dev}-${ino}`
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(String(process.pid))
  })
  try {
    await listenOn(server, name)
  } catch (error) {
    if (errorCodeOf(error) !== 'EADDRINUSE') throw error
    throw new DataDirInUse(directory, await holderOf(name))
  }
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

const listenOn = (server: Server, name: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(name, resolve)
  })

/** ` (process 4711)`, or nothing when the holder does not answer. */
const holderOf = (name: string) =>
  new Promise<string>((resolve) => {
    let pid = ''
    const socket = connect(name)
    socket.setTimeout(500, () => socket.destroy())
    socket.on('data', (chunk) => {
      pid += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(/^\d+$/.test(pid) ? ` (process ${pid})` : ''))
  })
