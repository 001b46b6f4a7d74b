import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { FAKE_KEY, FakeApi } from './fake-api.ts'

let api: FakeApi
let url: string
let child: ChildProcess | undefined
beforeEach(async () => {
  api = new FakeApi()
  url = await api.listen()
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await api.close()
})

/** Starts the command line as a process of its own, which a signal can end. */
function start(...words: readonly string[]): { stdout: () => string; stderr: () => string; child: ChildProcess } {
  const bin = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url))
  const started = spawn(process.execPath, [bin, ...words, '--url', url, '--key', FAKE_KEY], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = started
  const heard = { stdout: '', stderr: '' }
  started.stdout.on('data', (chunk) => (heard.stdout += String(chunk)))
  started.stderr.on('data', (chunk) => (heard.stderr += String(chunk)))
  return { stdout: () => heard.stdout, stderr: () => heard.stderr, child: started }
}

const institution = (slug: string, zone = 'Asia/Seoul'): object => ({
  id: `ins_${slug}`,
  slug,
  name: { ko: slug, en: slug },
  currency: 'KRW',
  zone,
  approvalAbove: null,
  createdAt: '2026-11-24T00:00:00.000Z',
})

const until = (holds: () => boolean): Promise<true> => eventually('what the command says', async () => holds() || undefined)

describe('--watch', () => {
  it('prints every row once and again when it has changed, and ends with 130 by Ctrl-C', async () => {
    let rows = [institution('a'), institution('b')]
    api.intercept = () => ({ status: 200, body: { data: rows, nextCursor: null } })
    const watching = start('institutions', 'list', '--watch', '--every', '1')
    await until(() => watching.stdout().includes('ins_b'))
    rows = [institution('c'), institution('a', 'Asia/Tokyo'), institution('b')]
    await until(() => watching.stdout().includes('ins_c'))
    watching.child.kill('SIGINT')
    const [code] = (await once(watching.child, 'close')) as [number]
    expect(code).toBe(130)
    const lines = watching.stdout().trimEnd().split('\n')
    expect(lines.map((line) => line.split(/ +/)[0])).toEqual(['id', 'ins_a', 'ins_b', 'ins_c', 'ins_a'])
    expect(watching.stderr()).toBe('')
  })

  it('prints a line of JSON for each, and waits for an engine that is away', async () => {
    let away = false
    let zone = 'Asia/Seoul'
    api.intercept = () => (away ? { status: 503, body: {} } : { status: 200, body: { data: [institution('a', zone)], nextCursor: null } })
    const watching = start('institutions', 'list', '-w', '--every', '1', '-o', 'json')
    await until(() => watching.stdout().includes('Seoul'))
    away = true
    await until(() => watching.stderr().includes('Waiting for it.'))
    away = false
    zone = 'Asia/Tokyo'
    await until(() => watching.stdout().includes('Tokyo'))
    expect(watching.stderr()).toContain('The engine answers again.')
    watching.child.kill('SIGTERM')
    expect(((await once(watching.child, 'close')) as [number])[0]).toBe(143)
    const lines = watching.stdout().trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { zone: string }).zone)).toEqual(['Asia/Seoul', 'Asia/Tokyo'])
  })

  it('shows one thing again when it has changed, and ends where the thing is refused', async () => {
    let zone: string | null = 'Asia/Seoul'
    const id = `ins_${'0'.repeat(26)}`
    api.intercept = () =>
      zone === null
        ? { status: 404, body: { code: 'institution_not_found', detail: 'There is no such institution.' } }
        : { status: 200, body: institution('a', zone) }
    const watching = start('institutions', 'get', id, '--watch', '--every', '1')
    await until(() => watching.stdout().includes('Seoul'))
    await until(() => api.requests.length > 2)
    expect(watching.stdout().match(/Seoul/g)).toHaveLength(1)
    zone = 'Asia/Tokyo'
    await until(() => watching.stdout().includes('Tokyo'))
    zone = null
    expect(((await once(watching.child, 'close')) as [number])[0]).toBe(3)
    expect(watching.stderr()).toContain('goji: institution_not_found: There is no such institution.')
  })

  it('Ctrl-C ends a command that waits for an answer, with 130 and no words', async () => {
    api.intercept = () => ({ status: 503, body: {}, headers: { 'retry-after': '30' } })
    const waiting = start('institutions', 'list')
    await until(() => api.requests.length > 0)
    waiting.child.kill('SIGINT')
    expect(((await once(waiting.child, 'close')) as [number])[0]).toBe(130)
    expect(waiting.stderr()).toBe('')
  })
})
