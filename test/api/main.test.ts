import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { type TestDatabase, withDatabase } from '../support/postgres.ts'
import { missing } from './open-world.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

describeIf(missing === null, missing ?? '')('the process', () => {
  let database: TestDatabase
  const children: ChildProcess[] = []

  beforeAll(async () => {
    database = await withDatabase()
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await database.drop()
  })

  /** Temporal is at an address where nothing listens: the process has to start and answer all the same. */
  function start(settings: Readonly<Record<string, string>> = {}): {
    child: ChildProcess
    lines: AsyncIterableIterator<string>
    errors: () => string
  } {
    const environment = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      GOJI_PEPPER: 'p'.repeat(40),
      GOJI_LINK_SECRET: 's'.repeat(40),
      GOJI_GATEWAY: 'none',
      GOJI_PORT: '0',
      GOJI_LOG_LEVEL: 'info',
      ...settings,
    }
    const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    let errors = ''
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()))
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), errors: () => errors }
  }

  it('says where it listens, answers without Temporal, and ends in order when told to', async () => {
    const { child, lines } = start()
    const { listening } = JSON.parse((await lines.next()).value as string) as { listening: string }
    expect(listening).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${listening}/healthz`)).json()).toEqual({ status: 'alive' })
    expect(await (await fetch(`${listening}/readyz`)).json()).toEqual({
      status: 'degraded',
      dependencies: { database: 'up', engine: 'down' },
      providersStopped: [],
    })
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await expect(fetch(`${listening}/healthz`)).rejects.toThrow()
  })

  it('names every setting that is wrong, and never its value', async () => {
    const { child, errors } = start({ GOJI_PEPPER: 'too-short-secret', GOJI_PORT: 'many' })
    expect((await once(child, 'exit'))[0]).not.toBe(0)
    expect(errors()).toMatch(/GOJI_PEPPER[^]*GOJI_PORT/)
    expect(errors()).not.toContain('too-short-secret')
  })
})
