import { describe, expect, it } from '@jest/globals'
import { refusal } from '../../support/expected-errors.ts'
import { patience, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises of webhooks. */
export function describeWebhooks(world: GatewayContractWorld): void {
  const { captured, refundOf, can, itIf, reports } = world
  describe('webhooks', () => {
    const tampered = (value: string): string => value.slice(0, -2) + (value.at(-2) === 'A' ? 'B' : 'A') + value.slice(-1)

    it('name the payment or refund to ask about', async () => {
      const { key, session } = await captured()
      const refund = refundOf(session, 1n)
      await world.gateway.refund(refund, patience())
      const now = await world.driver.now()
      const notices = (await world.driver.webhooks(key, reports)).map(({ headers, body }) => world.gateway.translate(headers, body, now))
      for (const notice of notices) expect(notice).toEqual({ eventId: expect.any(String), subject: 'payment', key })
      expect(new Set(notices.map((notice) => notice.eventId)).size).toBe(notices.length)
      if (!can('reportsRefunds')) return
      const [webhook] = await world.driver.webhooks(refund.key, 1)
      expect(world.gateway.translate(webhook?.headers ?? {}, webhook?.body ?? Buffer.alloc(0), now)).toMatchObject({
        subject: 'refund',
        key: refund.key,
      })
    })

    it.each(['', 'null', '[]', '{', '{"type":"x"}', '{"eventType":"x","data":{}}'])('that say %j make nothing happen', async (text) => {
      const now = await world.driver.now()
      const error = refusal(() => world.gateway.translate({}, Buffer.from(text), now))
      expect(error.code).toBe(can('signs') ? 'signature_invalid' : 'webhook_malformed')
    })

    itIf('signs')('are refused when a byte of the body is changed, added or missing', async () => {
      const { key } = await captured()
      const [webhook] = await world.driver.webhooks(key, 1)
      const { headers, body } = webhook ?? { headers: {}, body: Buffer.alloc(0) }
      const now = await world.driver.now()
      for (let at = 0; at < body.length; at += 1) {
        const changed = Buffer.from(body)
        changed[at] = (changed[at] ?? 0) ^ 1
        expect(refusal(() => world.gateway.translate(headers, changed, now))).toMatchObject({
          kind: 'unauthorized',
          code: 'signature_invalid',
        })
      }
      for (const other of [Buffer.concat([body, Buffer.from(' ')]), body.subarray(1), Buffer.alloc(0)]) {
        expect(refusal(() => world.gateway.translate(headers, other, now)).code).toBe('signature_invalid')
      }
    })

    itIf('signs')('are refused without their headers, or with altered ones', async () => {
      const { key } = await captured()
      const [webhook] = await world.driver.webhooks(key, 1)
      const { headers, body } = webhook ?? { headers: {}, body: Buffer.alloc(0) }
      const now = await world.driver.now()
      expect(refusal(() => world.gateway.translate({}, body, now)).code).toBe('signature_invalid')
      // The headers that carry the proof are those without which it is refused; each must also be proof against change.
      const proof = Object.keys(headers).filter((header) => {
        const { [header]: _removed, ...others } = headers
        try {
          world.gateway.translate(others, body, now)
          return false
        } catch {
          return true
        }
      })
      expect(proof.length).toBeGreaterThan(0)
      for (const header of proof) {
        const altered = { ...headers, [header]: tampered(headers[header] ?? '') }
        expect(refusal(() => world.gateway.translate(altered, body, now)).code).toBe('signature_invalid')
      }
    })

    itIf('signs')('are taken while the gateway changes its secret', async () => {
      const { key } = await captured()
      const [webhook] = await world.driver.webhooks(key, 1)
      const now = await world.driver.now()
      const { headers, body } = world.driver.rotated(webhook ?? { headers: {}, body: Buffer.alloc(0) }, now)
      expect(world.gateway.translate(headers, body, now)).toMatchObject({ subject: 'payment', key })
    })

    itIf('signs')('are refused when they are too old or from the future, by the clock of the caller', async () => {
      const { key } = await captured()
      const [webhook] = await world.driver.webhooks(key, 1)
      const { headers, body } = webhook ?? { headers: {}, body: Buffer.alloc(0) }
      const now = await world.driver.now()
      expect(world.gateway.translate(headers, body, now + 60_000)).toMatchObject({ key })
      for (const other of [now + 3_600_000, now - 3_600_000]) {
        expect(refusal(() => world.gateway.translate(headers, body, other)).code).toBe('signature_invalid')
      }
    })
  })
}
