import { describe, expect, it } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { Bench, WEBHOOK_SECRET } from './simulator-bench.ts'
import type { CollectedWebhook } from '../../../test/support/webhook-collector.ts'

const bench = new Bench()

describe('webhooks', () => {
  const verified = ({ headers, body }: CollectedWebhook): boolean => {
    try {
      new Webhook(WEBHOOK_SECRET).verify(body, headers as Record<string, string>)
      return true
    } catch {
      return false
    }
  }
  const idOf = (webhook: CollectedWebhook | undefined): string | undefined => webhook?.headers['webhook-id']
  const pay = async (key: string): Promise<void> => {
    await bench.call('POST', `/sessions/${key}/authorize`, { method: 'card' })
  }

  it('are signed as Standard Webhooks has it, and name what happened', async () => {
    const { key } = await bench.open()
    await pay(key)
    const [webhook] = await bench.collector.about(key, 1)
    expect(new Webhook(WEBHOOK_SECRET).verify(webhook?.body ?? '', webhook?.headers as Record<string, string>)).toMatchObject({
      type: 'payment.authorized',
      key,
    })
  })

  it('are sent until they are acknowledged', async () => {
    bench.collector.listen(false)
    const { key } = await bench.open()
    await Promise.all([bench.collector.refused(), pay(key)])
    bench.collector.listen(true)
    expect((await bench.collector.about(key, 1)).map(verified)).toEqual([true])
  })

  it.each(['wrongSignature', 'brokenBody'])('that suffered %s come again whole', async (mode) => {
    const { key } = await bench.open()
    await bench.call('POST', '/faults', [{ op: 'webhook', mode, key }])
    await pay(key)
    const whole = async (count: number): Promise<CollectedWebhook[]> => {
      const all = await bench.collector.about(key, count)
      return all.some(verified) ? [...all] : whole(all.length + 1)
    }
    const received = await whole(1)
    expect(received.filter(verified)).toHaveLength(1)
    if (mode === 'wrongSignature') expect(received.map(verified)).toEqual([false, true])
    expect((await bench.call('GET', '/faults')).body['injected']).toEqual({ [`webhook.${mode}`]: 1 })
  })

  it('that are duplicated all bear the same id', async () => {
    const { key } = await bench.open()
    await bench.call('POST', '/faults', [{ op: 'webhook', mode: 'duplicate', key }])
    await pay(key)
    expect(new Set((await bench.collector.about(key, 5)).map(idOf)).size).toBe(1)
  })

  it('that are reordered come after a later one', async () => {
    const { key } = await bench.open()
    await bench.call('POST', '/faults', [{ op: 'webhook', mode: 'reorder', key, delayMs: 60_000 }])
    await pay(key)
    await bench.call('POST', `/sessions/${key}/capture`)
    const types = (await bench.collector.about(key, 2)).map(({ body }) => (JSON.parse(body.toString()) as { type: string }).type)
    expect(types).toEqual(['payment.captured', 'payment.authorized'])
  })

  it('that are dropped never come, not after a restart either', async () => {
    const { key } = await bench.open()
    await bench.call('POST', '/faults', [{ op: 'webhook', mode: 'drop', key }])
    await pay(key)
    await bench.call('POST', `/sessions/${key}/capture`)
    await bench.collector.about(key, 1)
    await bench.restart()
    const { key: other } = await bench.open()
    await bench.call('POST', `/sessions/${other}/cancel`)
    await bench.collector.about(other, 1)
    const received = await bench.collector.about(key, 1)
    expect(received.every(({ body }) => body.includes('payment.captured'))).toBe(true)
    expect((await bench.journal()).filter((entry) => entry.op === 'webhook' && entry.outcome === 'dropped')).toHaveLength(1)
  })
})
