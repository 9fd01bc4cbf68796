// Adds to package-lock.json the optional packages of other platforms that the registry at hand did not offer.
// npm leaves them out silently and `npm ci` then refuses the lockfile. Run it after every `npm install`.
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'wasi',
  'win32',
  'windows',
  'win',
]
const processors = [
  'arm64',
  'arm',
  'armv7',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]

/** The os and cpu fields that a platform package carries, read from its name. */
function platformOf(name) {
  const words = name.split('/').at(-1).split(/[-_.]/)
  const system = systems.find((candidate) => words.includes(candidate))
  const processor = processors.find((candidate) => words.includes(candidate))
  const os =
    system === undefined || system === 'wasi'
      ? undefined
      : [system.startsWith('win') ? 'win32' : system]
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : undefined
  return {
    ...(processor && { cpu: [processor === 'armv7' ? 'arm' : processor] }),
    ...(libc && { libc }),
    ...(os && { os }),
  }
}

let added = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`
    const hoisted = `node_modules/${name}`
    if (lock.packages[nested] || lock.packages[hoisted]) continue
    const platform = platformOf(name)
    if (!platform.os && !platform.cpu) {
      console.warn(`left out, no platform in its name: ${name}`)
      continue
    }
    lock.packages[hoisted] = {
      version: range.replace(/^[\^~]/, ''),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...platform,
    }
    added += 1
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) =>
    a === '' ? -1 : b === '' ? 1 : a.localeCompare(b, 'en'),
  ),
)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${added} platform packages added`)
