// What uploads are compared with, in a process of its own: a plain PUT to disk with fsync, and tus with fsync added to its store.
import { createWriteStream } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { newId } from '@einmal-pin/vault/random'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const [folder = ''] = process.argv.slice(2)

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r+').catch(() => open(path, 'r'))
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** As durable as the portal's blob store: file, name and folder. */
const plain = createServer(async (request, response) => {
  const name = join(folder, newId())
  await pipeline(request, createWriteStream(`${name}.part`))
  await syncPath(`${name}.part`)
  await rename(`${name}.part`, name)
  await syncPath(folder)
  response.writeHead(204).end()
})

class DurableFileStore extends FileStore {
  override async write(...args: Parameters<FileStore['write']>): Promise<number> {
    const offset = await super.write(...args)
    await syncPath(join(folder, args[1]))
    await syncPath(folder)
    return offset
  }
}

const tusServer = new Server({
  path: '/files',
  datastore: new DurableFileStore({ directory: folder }),
})
const tus = createServer((request, response) => tusServer.handle(request, response))

const portOf = (server: typeof plain): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })

process.send?.({ plain: await portOf(plain), tus: await portOf(tus) })
