import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GojiError } from '../../domain/errors.ts'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { LOCK_FILE, Lock } from '../../cli/stack/lock.ts'
import { Ports } from '../../cli/stack/ports.ts'
import { startPostgres } from '../../cli/stack/postgres.ts'
import { Children } from '../../cli/stack/process.ts'
import { prepareExternalTemporal, startTemporal } from '../../cli/stack/temporal.ts'
import { makeTemplate } from './template.ts'

/** What a test file is told of a counterpart: where it is, or why it cannot be had. */
export type Counterpart = { readonly at: string } | { readonly missing: string }

export interface TestStack {
  readonly url: string
  stop(): Promise<void>
}

const PREFIX = 'goji-test-stack-'

/**
 * One PostgreSQL and one Temporal for a whole run of the tests, each started when the first test file asks for it: a run
 * of pure tests starts neither. Test files ask over HTTP, as each runs in a process of its own.
 */
export async function startTestStack(environment: Readonly<Record<string, string | undefined>>): Promise<TestStack> {
  const note = (line: string): void => console.error(line)
  await removeAbandoned(note)
  const data = DataFolder.open(mkdtempSync(join(tmpdir(), PREFIX)))
  const lock = await Lock.take(data.file(LOCK_FILE), note)
  const children = new Children(data.folder('logs'), (running) => lock.record(running))
  const stopping = new AbortController()
  const base = { data, children, ports: new Ports(), environment, fast: true, signal: stopping.signal, note }
  let dropTemplate = (): Promise<void> => Promise.resolve()
  const counterparts: Record<string, () => Promise<string>> = {
    '/postgres': async () => {
      const template = await makeTemplate(environment['DATABASE_URL'] || (await startPostgres(base)).url)
      dropTemplate = template.drop
      return template.url
    },
    '/temporal': async () => {
      const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace = 'default' } = environment
      if (!address) return (await startTemporal(base)).address
      await prepareExternalTemporal(address, namespace)
      return address
    },
  }
  const started = new Map<string, Promise<Counterpart>>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const start = counterparts[path]
    if (!start) return void response.writeHead(404).end()
    const answer = started.get(path) ?? answerOf(start)
    started.set(path, answer)
    void answer.then((counterpart) => response.end(JSON.stringify(counterpart)))
  })
  // A suite may ask again after minutes, on a connection that must not be closed under its request.
  server.keepAliveTimeout = 3_600_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      stopping.abort()
      await Promise.all(started.values())
      await dropTemplate()
      await children.stopAll(() => undefined)
      data.empty([])
      rmSync(data.path, { recursive: true })
    },
  }
}

/** A counterpart that is not here is told to the tests, which are then skipped by name; anything else fails them. */
async function answerOf(start: () => Promise<string>): Promise<Counterpart> {
  try {
    return { at: await start() }
  } catch (error) {
    const reason = (error as Error).message
    return { missing: error instanceof GojiError && error.code.endsWith('_missing') ? reason : `It was expected to start: ${reason}` }
  }
}

/** A run that was killed leaves its folder and processes behind; those of a run that goes on are left alone. */
async function removeAbandoned(note: (line: string) => void): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    try {
      const data = DataFolder.open(folder)
      await Lock.take(data.file(LOCK_FILE), note)
      data.empty([])
      rmSync(folder, { recursive: true })
    } catch (error) {
      // Another run that starts at this moment may be removing the same folder.
      const isGone = (error as { code?: unknown }).code === 'ENOENT'
      if (!(error instanceof GojiError) && !isGone) throw error
    }
  }
}
