import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Bench } from './simulator-bench.ts'

const bench = new Bench()

describe('the journal', () => {
  it('has one numbered line for each thing that happened, with the money in minor units', async () => {
    const { key } = await bench.open()
    await bench.call('POST', `/sessions/${key}/authorize`, { method: 'card', paidAt: 1_234 })
    const { reference } = (await bench.call('POST', `/sessions/${key}/capture`)).body
    await bench.refund('rfd_1', reference, '500')
    await bench.call('POST', '/settlements')
    const all = await bench.journal()
    expect(all.map((entry) => entry.seq)).toEqual(all.map((_entry, index) => index + 1))
    const entries = all.filter((entry) => entry.op !== 'webhook')
    expect(entries.map((entry) => entry.op)).toEqual(['opened', 'session', 'authorize', 'capture', 'refund', 'settlement'])
    expect(entries[3]).toMatchObject({ key, reference, amountMinor: '12500', currency: 'KRW', method: 'card', paidAt: 1_234 })
    expect(entries[4]).toMatchObject({ key: 'rfd_1', payment: reference, paymentKey: key, amountMinor: '500', currency: 'KRW' })
    expect(entries[5]).toMatchObject({ grossMinor: '12000', feeMinor: '187', netMinor: '11813' })
  })

  it('has each thing on the disk before it is answered for', async () => {
    const has = async (op: string, key: string): Promise<boolean> =>
      (await bench.journal()).some((entry) => entry.op === op && 'key' in entry && entry.key === key)
    const { key } = await bench.open()
    expect(await has('session', key)).toBe(true)
    await bench.call('POST', `/sessions/${key}/authorize`, { method: 'card' })
    expect(await has('authorize', key)).toBe(true)
    const { reference } = (await bench.call('POST', `/sessions/${key}/capture`)).body
    expect(await has('capture', key)).toBe(true)
    await bench.refund('rfd_1', reference, '500')
    expect(await has('refund', 'rfd_1')).toBe(true)
    const { key: other } = await bench.open()
    await bench.call('POST', `/sessions/${other}/cancel`)
    expect(await has('cancel', other)).toBe(true)
  })

  it('loses only a line that was torn while it was written', async () => {
    const { key } = await bench.open()
    await bench.stop()
    const whole = await readFile(join(bench.folder, 'journal.jsonl'), 'utf8')
    await appendFile(join(bench.folder, 'journal.jsonl'), '{"seq":99,"at":1,"op":"cap')
    await bench.start()
    expect(await bench.statusOf(key)).toBe('OPEN')
    expect(await readFile(join(bench.folder, 'journal.jsonl'), 'utf8')).toBe(whole)
    const { key: next } = await bench.open()
    await bench.restart()
    expect(await bench.statusOf(next)).toBe('OPEN')
  })

  it('that is damaged elsewhere is not continued', async () => {
    await bench.open()
    await bench.stop()
    const path = join(bench.folder, 'journal.jsonl')
    const whole = await readFile(path, 'utf8')
    await writeFile(path, whole.replace('"op":"session"', '"op":"sess'))
    await expect(bench.start()).rejects.toThrow(/line 2/)
    await writeFile(path, whole)
    await bench.start()
  })

  it('keeps the clock, the barred keys, the running refunds and the counts of faults over a restart', async () => {
    const { reference } = await bench.captured()
    await bench.call('POST', '/faults', [{ op: 'refund', mode: 'late', delayMs: 60_000 }])
    await bench.refund('rfd_1', reference, '500')
    await bench.call('POST', '/sessions/chk_barred/cancel')
    await bench.call('POST', '/clock', { advanceMs: 30_000 })
    await bench.restart()
    expect((await bench.call('GET', '/clock')).body['now']).toBeGreaterThanOrEqual(Date.now() + 29_000)
    expect((await bench.call('GET', '/sessions/chk_barred')).body).toMatchObject({ error: { code: 'session_cancelled' } })
    expect((await bench.call('GET', '/faults')).body['injected']).toEqual({ 'refund.late': 1 })
    expect((await bench.call('GET', '/refunds/rfd_1')).body['status']).toBe('RUNNING')
    await bench.call('POST', '/clock', { advanceMs: 30_000 })
    expect((await bench.call('GET', '/refunds/rfd_1')).body['status']).toBe('DONE')
  })
})
