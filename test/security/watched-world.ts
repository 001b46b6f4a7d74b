import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { pino } from 'pino'
import { createApp } from '../../api/app.ts'
import { createHttpServer } from '../../api/server.ts'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { Ports } from '../../cli/stack/ports.ts'
import { Children } from '../../cli/stack/process.ts'
import { startTemporal } from '../../cli/stack/temporal.ts'
import type { Channel } from '../../domain/ports/channel.ts'
import type { Gateway } from '../../domain/ports/gateway.ts'
import { insertApiKey } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { bundleWorkflows } from '../../workers/worker.ts'
import { type Answer, ask, type Asked } from '../api/client.ts'
import { createTestEngine, type TestEngine } from '../support/engine.ts'
import { useChannels } from '../support/fake-channel.ts'
import { wordsOf } from '../support/histories.ts'
import { withDatabase } from '../support/postgres.ts'
import { Browser } from '../web/browser.ts'

/** A whole engine of which everything is kept that is written anywhere: by the API, the worker, the SDK and Temporal. */
export interface WatchedWorld {
  readonly engine: TestEngine
  readonly url: string
  readonly operator: string
  /** Every line that API, pages, worker and SDK logged, at the lowest level. */
  readonly logged: string[]
  api(method: 'GET' | 'POST' | 'PUT', path: string, asked: Asked): Promise<Answer>
  browser(): Browser
  /** Histories, search attributes, memos and pending failures of every workflow there is. */
  temporal(): Promise<{ workflows: number; words: string }>
  /** The files of Temporal's database, and what the server itself logged. */
  temporalFiles(): { readonly name: string; readonly text: string }[]
  /** The rows of every table as text, by the table's name. */
  tables(): Promise<ReadonlyMap<string, string>>
  stop(): Promise<void>
}

export async function startWatchedWorld(gateway: Gateway, channels: readonly Channel[]): Promise<WatchedWorld> {
  const logged: string[] = []
  Runtime.install({ logger: new DefaultLogger('TRACE', (entry) => void logged.push(inspect(entry, { depth: 12, breakLength: Infinity }))) })
  const data = DataFolder.open(mkdtempSync(join(tmpdir(), 'goji-canary-')))
  const children = new Children(data.folder('logs'), () => undefined)
  const stopping = new AbortController()
  // A server of its own, which writes to disk: what it keeps is looked through byte by byte.
  const [database, temporal] = await Promise.all([
    withDatabase(),
    startTemporal({ data, children, ports: new Ports(), environment: process.env, signal: stopping.signal, note: () => undefined }),
  ])
  const connection = await NativeConnection.connect({ address: temporal.address })
  const bundle = await bundleWorkflows()
  const engine = await createTestEngine({ databaseUrl: database.url, connection, address: temporal.address, bundle, gateway })
  const { root } = engine
  useChannels(root.adapters, channels)
  Object.assign(root.adapters, { channelNames: [...root.adapters.channelNames, ...channels.map(({ name }) => name)] })
  await engine.startWorker()
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const server: Server = createHttpServer(createApp(root, log))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { key: operator } = await transaction(root.sql, (tx) =>
    insertApiKey(tx, { institutionId: null, mode: 'test', scopes: ['operator'], pepper: root.config.GOJI_PEPPER }, root.clock.now()),
  )
  return {
    engine,
    url,
    operator,
    logged,
    api: (method, path, asked) => ask(url, method, path, asked),
    browser: () => new Browser(url),
    temporal: async () => {
      const texts: string[] = []
      for await (const info of engine.client.workflow.list()) {
        const handle = engine.client.workflow.getHandle(info.workflowId, info.runId)
        const [{ events }, described] = await Promise.all([handle.fetchHistory(), handle.describe()])
        texts.push(wordsOf([info.raw, described.raw, events]))
      }
      return { workflows: texts.length, words: texts.join('\n') }
    },
    temporalFiles: () =>
      [data.folder('temporal'), data.folder('logs')].flatMap((folder) =>
        readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => ({ name, text: readFileSync(join(folder, name)).toString('utf8') })),
      ),
    tables: async () => {
      const names = await root.sql<{ name: string }[]>`
        select table_name as name from information_schema.tables where table_schema = 'goji' and table_type = 'BASE TABLE' order by 1`
      const tables = new Map<string, string>()
      for (const { name } of names) {
        const rows = await root.sql<{ text: string }[]>`select to_jsonb(t)::text as text from ${root.sql(name)} t`
        tables.set(name, rows.map(({ text }) => text).join('\n'))
      }
      return tables
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await engine.stop()
      await connection.close()
      await database.drop()
      stopping.abort()
      await children.stopAll(() => undefined)
      rmSync(data.path, { recursive: true })
    },
  }
}
