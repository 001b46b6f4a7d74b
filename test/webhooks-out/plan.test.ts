import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { eventBody } from '../../domain/event-body.ts'
import { EVENT_TYPES } from '../../domain/events.ts'
import { GIVE_UP_AFTER_MS, probeDelay, retryDelay } from '../../domain/webhook-retry.ts'

describe('the waits of a webhook', () => {
  it('grow from seconds to hours over four weeks', () => {
    const waits = Array.from({ length: 12 }, (_, index) => retryDelay(index + 1, null))
    expect(waits[0]).toBe(5_000)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.at(-1)).toBe(4 * 3_600_000)
    expect(GIVE_UP_AFTER_MS).toBe(28 * 86_400_000)
  })

  it('heed what the endpoint asks for, within an hour', () => {
    expect(retryDelay(1, 60_000)).toBe(60_000)
    expect(retryDelay(1, 1)).toBe(5_000)
    expect(retryDelay(1, 86_400_000)).toBe(3_600_000)
  })

  it('stay short for an endpoint that is down, so that a repaired one is found', () => {
    expect([1, 2, 3, 4, 99].map(probeDelay)).toEqual([10_000, 30_000, 60_000, 120_000, 120_000])
  })
})

describe('the body of a webhook', () => {
  it('is the same bytes each time, and thin', () => {
    const event = { type: 'bill.paid', at: 1_700_000_000_000, subject: 'bill:bill_1', bill_number: 'N-1', data: { amount: '100' } }
    expect(eventBody(event)).toBe(
      '{"type":"bill.paid","timestamp":"2023-11-14T22:13:20.000Z","data":{"id":"bill_1","billNumber":"N-1","amount":"100"}}',
    )
    expect(eventBody(event)).toBe(eventBody({ ...event }))
  })

  it('has a type that docs/webhooks.md explains', () => {
    const page = readFileSync(new URL('../../docs/webhooks.md', import.meta.url), 'utf8')
    for (const type of EVENT_TYPES) expect(page).toContain(`\`${type}\``)
  })

  it('has a type in the form of Standard Webhooks', () => {
    for (const type of EVENT_TYPES) expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/)
  })
})
