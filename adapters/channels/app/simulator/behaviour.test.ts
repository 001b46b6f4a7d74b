import { describe, expect, it } from '@jest/globals'
import { fateOf } from './behaviour.ts'

const fates = (relay: string, seed = 1) => Array.from({ length: 2_000 }, (_, index) => fateOf(seed, relay, `r${index}`, 1))
const share = (relay: string, holds: (fate: ReturnType<typeof fateOf>) => boolean): number => fates(relay).filter(holds).length / 2_000

describe('what becomes of a delivery', () => {
  it('is the same for the same seed and recipient, and another one for another seed', () => {
    expect(fates('talk')).toEqual(fates('talk'))
    expect(fates('talk', 2)).not.toEqual(fates('talk'))
  })

  it('is delivered at once and opened soon by the payment app', () => {
    expect(
      share(
        'pay',
        ({ reach, outcome, outcomeAfter, openAfter }) =>
          reach === 'known' && outcome === 'delivered' && outcomeAfter === 0 && openAfter !== null && openAfter <= 5_000,
      ),
    ).toBe(1)
  })

  it('is delivered later by the card app, and a third is never opened', () => {
    expect(share('card', ({ outcome, outcomeAfter }) => outcome === 'delivered' && outcomeAfter >= 2_000)).toBe(1)
    expect(share('card', ({ openAfter }) => openAfter === null)).toBeCloseTo(0.33, 1)
  })

  it('differs by citizen in the chat app', () => {
    expect(share('talk', ({ reach }) => reach === 'unknown')).toBeCloseTo(0.05, 1)
    expect(share('talk', ({ reach }) => reach === 'noconsent')).toBeCloseTo(0.05, 1)
    expect(share('talk', ({ outcome }) => outcome === 'temporary-failure')).toBeCloseTo(0.05, 1)
    expect(share('talk', ({ outcome }) => outcome === 'permanent-failure')).toBeCloseTo(0.05, 1)
    for (const outcome of ['temporary-failure', 'permanent-failure'])
      expect(fates('talk').some((fate) => fate.outcome === outcome)).toBe(true)
  })

  it.each(['pay', 'card', 'talk'])("is fixed by the recipient's name where a test wants it, on %s", (relay) => {
    expect(fateOf(1, relay, 'unknown-1', 1).reach).toBe('unknown')
    expect(fateOf(1, relay, 'noconsent-1', 1).reach).toBe('noconsent')
    expect(fateOf(1, relay, 'permanent-1', 1)).toMatchObject({ reach: 'known', outcome: 'permanent-failure', outcomeAfter: 0 })
    expect(fateOf(1, relay, 'technical-1', 1).outcome).toBe('technical-failure')
    expect(fateOf(1, relay, 'unread-1', 1)).toMatchObject({ reach: 'known', outcome: 'delivered', openAfter: null })
  })

  it('fails for a time at the first attempt only', () => {
    expect(fateOf(1, 'talk', 'temporary-1', 1)).toMatchObject({ outcome: 'temporary-failure', code: 'device_unreachable' })
    expect(fateOf(1, 'talk', 'temporary-1', 2)).toMatchObject({ outcome: 'delivered' })
    expect(fateOf(1, 'talk', 'temporary-1', 2)).not.toHaveProperty('code')
    expect(fateOf(1, 'talk', 'permanent-1', 2).outcome).toBe('permanent-failure')
  })

  it('is not known for a relay that is not played', () => {
    expect(() => fateOf(1, 'toString', 'r1', 1)).toThrow('There is no relay')
  })
})
