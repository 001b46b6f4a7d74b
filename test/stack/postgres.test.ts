import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import postgres from 'postgres'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { Ports } from '../../cli/stack/ports.ts'
import { type RunningPostgres, startPostgres } from '../../cli/stack/postgres.ts'
import { findPostgres } from '../../cli/stack/postgres-binaries.ts'
import { Children } from '../../cli/stack/process.ts'
import { describeIf } from '../support/skip.ts'
import { temporaryFolder } from './temporary-folder.ts'

const path = process.env['PATH'] ?? ''
const [binaries] = findPostgres(path)

describeIf(binaries !== undefined, 'there is no PostgreSQL and none came as a package')('a PostgreSQL of our own', () => {
  const data = DataFolder.open(temporaryFolder())
  const opened: Children[] = []
  afterAll(() => Promise.all(opened.map((children) => children.stopAll(() => undefined))))

  const cluster = (): string => join(data.path, 'postgres', 'data')
  const pidFile = (): string => join(cluster(), 'postmaster.pid')

  async function start(): Promise<{ server: RunningPostgres; children: Children }> {
    const children = new Children(data.folder('logs'), () => undefined)
    opened.push(children)
    const { signal } = new AbortController()
    const server = await startPostgres({
      data,
      children,
      ports: new Ports(),
      environment: { PATH: path, PGDATA: '/nowhere' },
      signal,
      note: () => undefined,
    })
    return { server, children }
  }

  async function ask(url: string, statement: string): Promise<readonly postgres.Row[]> {
    const sql = postgres(url, { max: 1 })
    try {
      return await sql.unsafe(statement)
    } finally {
      await sql.end()
    }
  }

  it('keeps what was committed over kill -9, also when its number has been given to another process', async () => {
    const first = await start()
    await ask(first.server.url, `create table kept as select 'one' as what`)
    process.kill(Number.parseInt(readFileSync(pidFile(), 'utf8'), 10), 'SIGKILL')
    expect((await first.children.died).message).toMatch(/^postgres ended unexpectedly \(SIGKILL\)/)
    writeFileSync(pidFile(), readFileSync(pidFile(), 'utf8').replace(/^\d+/, String(process.pid)))
    const second = await start()
    expect(await ask(second.server.url, 'select what from kept')).toEqual([{ what: 'one' }])
    await second.server.stop()
  })

  it('lets nobody in without the password, and listens on this machine only', async () => {
    const { server } = await start()
    const url = new URL(server.url)
    expect(url.hostname).toBe('127.0.0.1')
    url.password = 'guessed'
    await expect(ask(url.href, 'select 1')).rejects.toThrow(/password authentication failed/)
    expect(await ask(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    await server.stop()
  })

  it('leaves a server alone that runs on its folder without its knowledge', async () => {
    const { server } = await start()
    await expect(start()).rejects.toThrow(expect.objectContaining({ code: 'postgres_running' }))
    await ask(server.url, 'select 1')
    await server.stop()
  })

  it('says which version it needs when the data was made by another one', async () => {
    const version = join(cluster(), 'PG_VERSION')
    const real = readFileSync(version, 'utf8')
    writeFileSync(version, '9\n')
    await expect(start()).rejects.toThrow(/made by PostgreSQL 9; here is only .*Install 9, or start with --fresh/)
    writeFileSync(version, real)
  })
})
