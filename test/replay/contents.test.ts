import { describe, expect, it } from '@jest/globals'
import { contentsOf, everything } from './contents.ts'
import { type SavedHistory, savedHistories } from './saved-histories.ts'

const saved = savedHistories()

/** What no history can hold, each with the reason. One that a history holds after all has to go. */
const NEVER_SAVED: Readonly<Record<string, string>> = {
  'signal billCreated': 'It starts the run, by which it is heard: nobody sends it as a signal.',
  'signal paymentDisputed': 'A disputed payment still counts, so the plan stays as it was and nobody is woken.',
}

function missing(histories: readonly SavedHistory[]): string[] {
  const there = new Set(histories.flatMap(contentsOf))
  return everything().filter((one) => !there.has(one) && !(one in NEVER_SAVED))
}

describe('the saved histories', () => {
  it('hold every workflow, step, signal, update, activity and patch that there is', () => {
    // Whatever is named here needs a life in `lives.ts`, saved by `npx tsx test/replay/save-histories.ts NAME`.
    expect(missing(saved)).toEqual([])
  })

  it('hold nothing of what is said to be in none', () => {
    const there = new Set(saved.flatMap(contentsOf))
    expect(Object.keys(NEVER_SAVED).filter((one) => there.has(one) || !everything().includes(one))).toEqual([])
  })

  it('are missed, by all that only they hold', () => {
    const without = (kind: string): string[] => missing(saved.filter((one) => one.kind !== kind))
    expect(without('webhook')).toEqual(['workflow webhook', 'signal eventsRecorded', 'activity deliverWebhooks'])
    expect(without('checkout')).toEqual(expect.arrayContaining(['update open', 'update cancel', 'patch ask-again-afterwards']))
    expect(without('bill').filter((one) => one.startsWith('step '))).toHaveLength(14)
  })
})
