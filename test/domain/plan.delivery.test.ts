import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deliveryPlan } from '../../domain/chain.ts'
import { nextStep } from '../../domain/plan.ts'
import { newBills, policies, START } from './plan-arbitraries.ts'
import { events, happen, live, outcomes } from './plan-life.ts'

const preferences = fc.array(fc.constantFrom('app', 'sms', 'email', 'paper', 'inbox', 'unknown'), { maxLength: 8 })

const citizens = fc.record({
  preferredChannels: preferences,
  addressedChannels: preferences,
  deliveries: fc.constant([]),
  noticeRevision: fc.constant(1),
})

describe('the delivery plan', () => {
  it('leaves out the channels that need an address of the citizen’s and have none, and loses, adds and repeats no other', () => {
    fc.assert(
      fc.property(policies, citizens, (policy, citizen) => {
        const links = deliveryPlan(policy, citizen)
        for (const link of policy.chain) {
          const reaches = !link.needsAddress || (citizen.addressedChannels as string[]).includes(link.channel)
          expect(links.filter((one) => one === link)).toHaveLength(reaches ? 1 : 0)
        }
        expect(links.filter((one) => !policy.chain.includes(one))).toEqual([])
      }),
    )
  })

  it('puts what the citizen prefers first, in the citizen’s order, and keeps the policy’s order behind it', () => {
    fc.assert(
      fc.property(policies, citizens, (policy, citizen) => {
        const names = deliveryPlan(policy, citizen).map(({ channel }) => channel)
        const chain = policy.chain.map(({ channel }) => channel).filter((channel) => names.includes(channel))
        const wanted = [...new Set<string>(citizen.preferredChannels)].filter((channel) => chain.includes(channel))
        expect(names).toEqual([...wanted, ...chain.filter((channel) => !wanted.includes(channel))])
      }),
    )
  })

  it('keeps a channel on which a notice went out while there was an address', () => {
    fc.assert(
      fc.property(policies, newBills, events, outcomes, (policy, bill, past, ends) => {
        const { bill: end } = live(bill, policy, { now: START, events: past, outcomes: ends })
        const names = deliveryPlan(policy, { ...end, addressedChannels: [] }).map(({ channel }) => channel)
        for (const { purpose, channel } of end.deliveries) if (purpose === 'notice') expect(names).toContain(channel)
      }),
    )
  })
})

describe('facts from a clock ahead of ours', () => {
  it('are borne: what they say is true already', () => {
    fc.assert(
      fc.property(policies, newBills, events, outcomes, fc.nat(), (policy, bill, past, ends, chosen) => {
        const life = live(bill, policy, { now: START, events: past, outcomes: ends })
        const at = life.done[chosen % Math.max(1, life.done.length)] ?? { at: START, bill }
        const ahead = 40 * 86_400_000
        // The bill as it stands at the end of its life, seen by somebody whose clock still shows the beginning.
        const { step } = nextStep(life.bill, policy, at.at)
        expect(life.done.filter((one) => one.step.key === step?.key)).toEqual([])
        for (const kind of ['pay', 'cancel', 'writeOff'] as const) {
          const over = happen(at.bill, { kind, after: 0, skew: ahead }, at.at)
          if (over === at.bill) continue
          // A payment page that is still open is ended first, then money goes back, then it is over.
          const left = over.checkoutOpen ? 'pay' : over.refunds.length > 0 ? 'refund' : kind === 'pay' ? 'reconcile' : 'closed'
          expect(nextStep(over, policy, at.at).stage).toBe(left)
        }
        const read = happen(at.bill, { kind: 'read', after: 0, skew: ahead }, at.at)
        const last = read.deliveries.at(-1)
        if (last?.purpose === 'notice' && last.readAt !== null)
          expect(nextStep(read, policy, at.at).step).not.toMatchObject({ kind: 'send', purpose: 'notice' })
      }),
      { numRuns: 200 },
    )
  })

  it('a pause that begins later holds nothing back before it', () => {
    fc.assert(
      fc.property(policies, newBills, fc.integer({ min: 1, max: 30 }), (policy, bill, days) => {
        const now = bill.issueAt
        const issued = { ...bill, status: 'issued', issuedAt: now } as const
        const later = { ...issued, pauses: [{ from: now + days * 86_400_000, until: null }] }
        const [plain, paused] = [nextStep(issued, policy, now), nextStep(later, policy, now)]
        if (plain.at !== null && plain.at < now + days * 86_400_000) expect(paused).toEqual(plain)
      }),
    )
  })
})
