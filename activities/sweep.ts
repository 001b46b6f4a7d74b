import { billsAwaitingCredit } from '../store/bills/bills-awaiting-credit.ts'
import { missedWakes } from '../store/bills/missed-wakes.ts'
import { unappliedFacts } from '../store/facts/unapplied-facts.ts'
import { clearEnded, lostBatches } from '../store/batches/work.ts'
import { lostCheckouts } from '../store/checkouts/lost-checkouts.ts'
import { lostStatements } from '../store/statements/lost-statements.ts'
import { placeEvents } from '../store/events/place-events.ts'
import { endpointsToWake } from '../store/webhooks/endpoints-to-wake.ts'
import { transaction } from '../store/unit/transaction.ts'
import type { Ports } from './ports.ts'

/** A fact gets this long to be signalled by whoever recorded it. */
const FACT_GRACE_MS = 5_000
/** A run gets this long past its own timer. */
const WAKE_GRACE_MS = 60_000
const PAGE = 500
/** Rows of an ended batch that are emptied at a time. */
const CLEARED_MAX = 5_000

/** How many of each kind were left behind and are told now. */
export interface Swept {
  readonly facts: number
  readonly bills: number
  readonly checkouts: number
  readonly statements: number
  readonly webhooks: number
  readonly batches: number
}

/** A channel gets this long for what it does by itself. */
const TEND_LIMIT_MS = 20_000

/** The relay for what was left behind: facts that were never signalled, runs that are gone. Normally it finds nothing. */
export const sweepActivities = (ports: Ports) => ({
  sweep: async (): Promise<Swept> => {
    const now = ports.clock.now()
    const tended = await tendChannels(ports, now)
    const lost = { grace: WAKE_GRACE_MS, limit: PAGE }
    const facts = await unappliedFacts(ports.sql, now, { grace: FACT_GRACE_MS, limit: PAGE })
    await ports.wake(facts)
    const bills = await missedWakes(ports.sql, now, lost)
    await ports.sweep(bills)
    // Whoever recorded a credit woke the bill that can take it, unless it died first.
    const credited = await billsAwaitingCredit(ports.sql, { limit: PAGE })
    await ports.sweep(credited)
    const checkouts = await lostCheckouts(ports.sql, now, lost)
    for (const checkoutId of checkouts) await ports.reportCheckout(checkoutId)
    const statements = await lostStatements(ports.sql, now, lost)
    for (const statementId of statements) await ports.postStatement(statementId)
    await placeEvents(ports.sql)
    const webhooks = await endpointsToWake(ports.sql, now, lost)
    for (const endpointId of webhooks) await ports.wakeWebhook(endpointId)
    const batches = await lostBatches(ports.sql, now, lost)
    for (const batchId of batches) await ports.runBatch(batchId)
    await transaction(ports.sql, (tx) => clearEnded(tx, now, CLEARED_MAX))
    // The relay is done; a channel's trouble shows as a failed run of the sweep.
    for (const one of tended) if (one.status === 'rejected') throw one.reason as Error
    return {
      facts: facts.length,
      bills: bills.length + credited.length,
      checkouts: checkouts.length,
      statements: statements.length,
      webhooks: webhooks.length,
      batches: batches.length,
    }
  },
})

/** What a channel does as time passes. One that cannot do it now holds up nothing else; it is asked again in ten seconds. */
const tendChannels = (ports: Ports, now: number): Promise<PromiseSettledResult<void>[]> =>
  Promise.allSettled(ports.channelNames.map(async (name) => ports.channel(name).tend?.(now, AbortSignal.timeout(TEND_LIMIT_MS))))
