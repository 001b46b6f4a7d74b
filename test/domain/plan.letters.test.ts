import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Bill, Delivery } from '../../domain/bill.ts'
import { localParts } from '../../domain/calendar.ts'
import { dueAt } from '../../domain/due-date.ts'
import { nextStep } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import { RETURN_REASONS } from '../../domain/return-reason.ts'
import { DAY, HOUR, newBills, policies, START } from './plan-arbitraries.ts'

const ZONES = ['Asia/Seoul', 'Europe/London', 'America/New_York', 'Pacific/Auckland', 'UTC'] as const
const zones = fc.constantFrom(...ZONES)
const moments = fc.nat(60 * 86_400).map((seconds) => START + seconds * 1000)
const issued = fc.tuple(newBills, moments).map(([bill, at]): Bill => ({ ...bill, status: 'issued', issuedAt: at, asksMoney: true }))

const sent = (channel: string, changes: Partial<Delivery> = {}): Delivery => ({
  key: `notice:${channel}`,
  purpose: 'notice',
  channel,
  state: 'accepted',
  attemptedAt: START,
  acceptedAt: START,
  deliveredAt: null,
  readAt: null,
  endedAt: null,
  ...changes,
})

/** An inbox that is waited for a day, and then a letter. */
const withLetter = (policy: Policy): Policy => ({
  ...policy,
  calendar: { zone: 'Asia/Seoul' },
  reminders: [],
  proofOfService: 'delivered',
  due: { from: 'service', after: 'P30D' },
  handBackAfter: 'P90D',
  chain: [
    { channel: 'inbox', wait: 'P1D', until: 'read' },
    { channel: 'paper', wait: 'P10D', until: 'delivered', silent: true, recalls: true },
  ],
})
const plain = (bill: Bill, deliveries: Delivery[]): Bill => ({ ...bill, dueDate: null, preferredChannels: [], pauses: [], deliveries })

const inQuietHours = (at: number, zone: string, { from, until }: { from: string; until: string }): boolean => {
  const { minutes } = localParts(at, zone)
  const [start, end] = [from, until].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
  return (start ?? 0) <= (end ?? 0) ? minutes >= (start ?? 0) && minutes < (end ?? 0) : minutes >= (start ?? 0) || minutes < (end ?? 0)
}

describe('quiet hours', () => {
  it('are kept where the citizen lives, and move no date of money', () => {
    fc.assert(
      fc.property(issued, policies, zones, moments, (bill, any, zone, now) => {
        const quiet = { from: '21:00', until: '08:00' }
        const policy: Policy = { ...any, calendar: { ...any.calendar, quietHours: quiet } }
        const abroad = { ...bill, citizenZone: zone }
        const next = nextStep(abroad, policy, now)
        if (next.step?.kind === 'send' && next.at !== null) expect(inQuietHours(Math.max(next.at, now), zone, quiet)).toBe(false)
        expect(dueAt(abroad, policy)).toBe(dueAt(bill, policy))
      }),
    )
  })

  it('hold up no channel that wakes nobody', () => {
    fc.assert(
      fc.property(issued, policies, zones, moments, (bill, any, zone, now) => {
        const chain = [{ channel: 'paper', wait: 'P3D', until: 'delivered', silent: true }] as const
        const policy: Policy = { ...any, chain, calendar: { zone: 'Asia/Seoul', quietHours: { from: '00:00', until: '23:59' } } }
        const next = nextStep({ ...plain(bill, []), citizenZone: zone }, policy, Math.max(now, bill.issuedAt ?? 0))
        expect(next).toMatchObject({ step: { kind: 'send', channel: 'paper' }, at: bill.issuedAt })
      }),
    )
  })
})

describe('a letter that waits to be printed', () => {
  it('is taken back once the notice was read elsewhere, or nothing is asked for any more, and not before', () => {
    fc.assert(
      fc.property(issued, policies, moments, (bill, any, now) => {
        const policy = withLetter(any)
        const [inbox, letter] = [sent('inbox'), sent('paper', { attemptedAt: START + DAY })]
        const recall = { kind: 'recall', delivery: 'notice:paper', channel: 'paper' }
        const step = (deliveries: Delivery[], changes: Partial<Bill> = {}): unknown =>
          nextStep({ ...plain(bill, deliveries), ...changes }, policy, now).step
        const read = { ...inbox, state: 'read' as const, readAt: now }
        expect(step([inbox, letter])).not.toMatchObject({ kind: 'recall' })
        expect(step([read, letter])).toMatchObject(recall)
        for (const status of ['paid', 'cancelled', 'writtenOff', 'handedBack'] as const)
          expect(step([inbox, letter], { status })).toMatchObject(recall)
        expect(step([read, { ...letter, recallAsked: true }])).not.toMatchObject({ kind: 'recall' })
        expect(step([read, { ...letter, state: 'delivered', deliveredAt: now }])).not.toMatchObject({ kind: 'recall' })
      }),
    )
  })

  it('is another one if it is needed again after it was taken back', () => {
    fc.assert(
      fc.property(issued, policies, (bill, any) => {
        const now = (bill.issuedAt ?? 0) + 5 * DAY
        const gone = sent('paper', { state: 'recalled', endedAt: START, recallAsked: true })
        const inbox = sent('inbox', { attemptedAt: bill.issuedAt ?? 0 })
        expect(nextStep(plain(bill, [inbox, gone]), withLetter(any), now).step).toMatchObject({ kind: 'send', key: 'notice:paper#2' })
      }),
    )
  })
})

describe('a letter that came back', () => {
  it('hands over to the next channel or to a person, never to the next channel where somebody died', () => {
    fc.assert(
      fc.property(issued, policies, fc.constantFrom(...RETURN_REASONS), fc.nat(20 * 24), (bill, any, returnReason, hours) => {
        const { chain, ...rules } = withLetter(any)
        const policy = { ...rules }
        const back = (bill.issuedAt ?? 0) + hours * HOUR
        const returned = sent('paper', { state: 'returned', endedAt: back, returnReason })
        const letterFirst = { ...policy, chain: [...chain].reverse() }
        const first = nextStep(plain(bill, [returned]), letterFirst, back)
        expect(first).toMatchObject({ step: { kind: returnReason === 'deceased' ? 'askAboutReturn' : 'send' }, at: back })
        const alone = { ...policy, chain: chain.slice(1) }
        const asked = { ...returned, taskOpened: true }
        expect(nextStep(plain(bill, [returned]), alone, back)).toMatchObject({
          step: { kind: 'askAboutReturn' },
          at: back,
        })
        expect(nextStep(plain(bill, [asked]), alone, back).step).toMatchObject({ kind: 'handBack' })
        expect(nextStep(plain(bill, [{ ...asked, resendAt: back }]), alone, back)).toMatchObject({
          step: { kind: 'send', key: 'notice:paper#2' },
          at: back,
        })
      }),
    )
  })
})
