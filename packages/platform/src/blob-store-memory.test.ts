// The blob store in memory keeps the promises of the port.
import { blobStoreContract } from './blob-store.contract.ts'
import { makeMemoryBlobStore } from './blob-store-memory.ts'

blobStoreContract(async () => makeMemoryBlobStore())
