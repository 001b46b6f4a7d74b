import { missedWakes } from '../store/bills/missed-wakes.ts'
import { unappliedFacts } from '../store/facts/unapplied-facts.ts'
import type { Ports } from './ports.ts'

/** A fact gets this long to be signalled by whoever recorded it. */
const FACT_GRACE_MS = 5_000
/** A run gets this long past its own timer. */
const WAKE_GRACE_MS = 60_000
const PAGE = 500

/** The relay for what was left behind: facts that were never signalled, runs that are gone. Normally it finds nothing. */
export const sweepActivities = (ports: Ports) => ({
  sweep: async (): Promise<{ facts: number; bills: number }> => {
    const now = ports.clock.now()
    const facts = await unappliedFacts(ports.sql, now - FACT_GRACE_MS, PAGE)
    await ports.wake(facts)
    const bills = await missedWakes(ports.sql, now, { grace: WAKE_GRACE_MS, limit: PAGE })
    await ports.sweep(bills)
    return { facts: facts.length, bills: bills.length }
  },
})
