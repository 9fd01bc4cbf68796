// The embedded PostgreSQL under everything that may happen to it: root, closed folders, long paths, SIGKILL, a second supervisor.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { DataDirInUse } from './data-dir-lock.ts'
import { findBinaries } from './embedded/binaries.ts'
import { closedFolder } from './embedded/run-as.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

const IS_ROOT = process.getuid?.() === 0
const onlyAsRoot = { skip: IS_ROOT ? false : 'needs root' }
const DATABASES = ['portal', 'office']
/** Closed to every other user, as `mktemp -d` makes it. */
const base = await mkdtemp(join(tmpdir(), 'ep-pg-'))
after(() => rm(base, { recursive: true, force: true }))

const freshFolder = () => mkdtemp(join(base, 'd-'))

const template = join(base, 'template')
before(() => withPostgres(template, async () => {}))

/** A folder with a cluster that was stopped cleanly; copying one is much quicker than making one. */
async function freshCluster(): Promise<string> {
  const directory = await freshFolder()
  const { status } = spawnSync('cp', ['-a', `${template}/.`, directory])
  assert.equal(status, 0)
  return directory
}

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

async function withPostgres(
  directory: string,
  work: (postgres: EmbeddedPostgres) => Promise<void>,
): Promise<void> {
  const postgres = await startEmbeddedPostgres({ directory, databases: DATABASES })
  try {
    await work(postgres)
  } finally {
    await postgres.stop()
  }
}

async function eventually(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await what()) return
    await sleep(50)
  }
  assert.fail('did not happen in time')
}

/** A supervisor in a process of its own, which prints the server's pid and the portal's URL once it is up. */
async function supervisor(directory: string, ...wrapper: readonly string[]) {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(import.meta.resolve('./embedded-postgres.ts'))}
    const postgres = await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)}, databases: ['portal', 'office'] })
    console.log(JSON.stringify({ pid: postgres.pid(), url: postgres.url('portal') }))
    process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
    setInterval(() => {}, 1000)
  `
  const [file = '', ...args] = [...wrapper, process.execPath, '--input-type=module', '-e', code]
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' })
  let output = ''
  for await (const chunk of child.stdout) {
    output += String(chunk)
    if (output.includes('\n')) break
  }
  const { pid, url } = JSON.parse(output) as { pid: number; url: string }
  return { child, pid, url }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

test('data survive a stop and a second start in a folder that is closed to others', async () => {
  const directory = await freshCluster()
  await withPostgres(directory, async ({ url, adopted }) => {
    assert.equal(adopted, false)
    await query(url('portal'), 'create table kept as select 42 as answer')
  })
  await withPostgres(directory, async ({ url }) => {
    assert.deepEqual(await query(url('portal'), 'select answer from kept'), [{ answer: 42 }])
  })
})

test('durability is never switched off, statements and values stay out of the log', async () => {
  await withPostgres(await freshCluster(), async ({ url }) => {
    const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'log_error_verbosity']
    const shown = await Promise.all(names.map((name) => query(url('office'), `show ${name}`)))
    assert.deepEqual(
      shown.map(([row]) => Object.values(row ?? {})[0]),
      ['on', 'on', 'on', 'terse'],
    )
  })
})

test("neither zone's role can connect to the other zone's database", async () => {
  await withPostgres(await freshCluster(), async ({ url }) => {
    assert.deepEqual(await query(url('portal'), 'select current_user::text as me'), [
      { me: 'portal' },
    ])
    const foreign = url('portal').replace(/\/portal$/, '/office')
    await assert.rejects(query(foreign, 'select 1'), { code: '42501' })
  })
})

test('a long data path gets a short socket folder of its own, gone after the stop', async () => {
  const directory = join(await freshFolder(), 'x'.repeat(60), 'y'.repeat(60))
  let socketFolder = ''
  await withPostgres(directory, async (postgres) => {
    socketFolder = postgres.socketFolder()
    assert.ok(socketFolder.length < 100)
    assert.equal((await stat(socketFolder)).mode & 0o777, 0o700)
    const url = postgres.url('portal')
    await query(url, 'select 1')
    // A restart keeps the address, which is all that the apps know.
    const killed = postgres.pid()
    process.kill(killed, 'SIGKILL')
    await eventually(() => postgres.pid() !== killed)
    await query(url, 'select 1')
  })
  await assert.rejects(stat(socketFolder), { code: 'ENOENT' })
})

test('a second supervisor on the same folder is refused and told who has it', async () => {
  const directory = await freshCluster()
  await withPostgres(directory, async ({ url }) => {
    await assert.rejects(startEmbeddedPostgres({ directory, databases: DATABASES }), (error) => {
      assert.ok(error instanceof DataDirInUse)
      assert.match(
        error.message,
        new RegExp(`in use by another process \\(process ${process.pid}\\)`),
      )
      return true
    })
    await query(url('portal'), 'select 1')
  })
})

test('a server that outlived its killed supervisor is adopted, with everything acknowledged', async () => {
  const directory = await freshCluster()
  const orphaned = await supervisor(directory)
  await query(orphaned.url, 'create table kept as select 1 as n')
  await end(orphaned.child, 'SIGKILL')
  await withPostgres(directory, async (postgres) => {
    assert.equal(postgres.adopted, true)
    assert.equal(postgres.pid(), orphaned.pid)
    assert.deepEqual(await query(postgres.url('portal'), 'select n from kept'), [{ n: 1 }])
  })
  await assert.rejects(query(orphaned.url, 'select 1'))
})

test('a server that was killed too is recovered, although its pid file is still there', async () => {
  const directory = await freshCluster()
  const orphaned = await supervisor(directory)
  await query(orphaned.url, 'create table kept as select 2 as n')
  await end(orphaned.child, 'SIGKILL')
  process.kill(orphaned.pid, 'SIGKILL')
  await withPostgres(directory, async ({ url, adopted }) => {
    assert.equal(adopted, false)
    assert.deepEqual(await query(url('portal'), 'select n from kept'), [{ n: 2 }])
  })
})

test('a pid file that names some other living program does not stop the start', async () => {
  const directory = await freshCluster()
  await withPostgres(directory, async () => {})
  await writeFile(
    join(directory, 'data', 'postmaster.pid'),
    `${process.pid}\n${directory}\n0\n5432\n`,
  )
  await withPostgres(directory, async ({ url }) => {
    await query(url('portal'), 'select 1')
  })
})

test('a server killed under a living supervisor comes back by itself, with everything acknowledged', async () => {
  const directory = await freshCluster()
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const postgres = await startEmbeddedPostgres({ directory, databases: DATABASES, log })
  try {
    await query(postgres.url('portal'), 'create table kept as select 3 as n')
    const killed = postgres.pid()
    process.kill(killed, 'SIGKILL')
    await eventually(() => postgres.pid() !== killed)
    assert.deepEqual(await query(postgres.url('portal'), 'select n from kept'), [{ n: 3 }])
    assert.ok(lines.some((line) => line.includes('unexpectedly')))
  } finally {
    await postgres.stop()
  }
})

test('a cluster that cannot start says why', async () => {
  const directory = await freshCluster()
  await withPostgres(directory, async () => {})
  await rm(join(directory, 'data', 'global', 'pg_control'))
  await assert.rejects(startEmbeddedPostgres({ directory, databases: DATABASES }), /pg_control/)
})

test('without a system user postgres the server runs as nobody', onlyAsRoot, async () => {
  const directory = await freshFolder()
  const passwdFile = join(base, 'passwd')
  await writeFile(passwdFile, 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n')
  const postgres = await startEmbeddedPostgres({ directory, databases: DATABASES, passwdFile })
  try {
    assert.equal((await stat(`/proc/${postgres.pid()}`)).uid, 65_534)
    await query(postgres.url('portal'), 'select 1')
  } finally {
    await postgres.stop()
  }
  // The owner of the files stays, whichever users the machine has later.
  await withPostgres(directory, async ({ pid }) => {
    assert.equal((await stat(`/proc/${pid()}`)).uid, 65_534)
  })
})

test('in an open folder the server gets no capability at all', onlyAsRoot, async () => {
  const directory = await freshFolder()
  await chmod(base, 0o711)
  await chmod(directory, 0o711)
  try {
    await withPostgres(join(directory, 'postgres'), async ({ pid }) => {
      const { uid, gid } = await stat(`/proc/${pid()}`)
      // A clone in a closed folder needs it for the programs, which lie in node_modules.
      if (closedFolder(findBinaries().postgres, { uid, gid }) !== undefined) return
      const status = await readFile(`/proc/${pid()}/status`, 'utf8')
      assert.match(status, /^CapEff:\s*0+$/m)
    })
  } finally {
    await chmod(base, 0o700)
  }
})

test(
  'the programs may lie in a closed folder too, as in a clone below mktemp -d',
  onlyAsRoot,
  async () => {
    const directory = await freshFolder()
    const programs = join(directory, 'native')
    const original = join(findBinaries().postgres, '../..')
    assert.equal(spawnSync('cp', ['-a', original, programs]).status, 0)
    const binaries = {
      initdb: join(programs, 'bin/initdb'),
      postgres: join(programs, 'bin/postgres'),
    }
    const options = { directory: join(directory, 'postgres'), databases: DATABASES, binaries }
    const postgres = await startEmbeddedPostgres(options)
    try {
      await query(postgres.url('portal'), 'select 1')
    } finally {
      await postgres.stop()
    }
  },
)

test('an ordinary user needs no root', onlyAsRoot, async () => {
  const directory = await freshFolder()
  const home = join(directory, 'home')
  await mkdir(home)
  await chown(home, 65_534, 65_534)
  // The capability stands for a repository and a temporary folder that the user could read anyway.
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const reading = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search']
  const user = await supervisor(join(home, 'postgres'), ...asNobody, ...reading)
  try {
    assert.equal((await stat(`/proc/${user.pid}`)).uid, 65_534)
    await query(user.url, 'select 1')
  } finally {
    await end(user.child, 'SIGTERM')
  }
})
