import { ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client'
import { readCheckout } from '../store/checkouts/checkout-row.ts'
import { beginCheckout, BillClaimedError, type NewCheckout } from '../store/commands/begin-checkout.ts'
import { transaction } from '../store/unit/transaction.ts'
import { cancelCheckout } from './cancel-checkout.ts'
import type { Root } from './root.ts'

type Parts = Pick<Root, 'sql' | 'clock' | 'engine'>

export interface StartedCheckout {
  readonly checkoutId: string
  /** Where the citizen pays; null while the gateway has not answered, or once the checkout is over. */
  readonly url: string | null
}

/**
 * Claims the bills in a transaction of its own. A caller with an idempotency key passes one that runs inside `once`.
 * `now` is in milliseconds.
 */
export type BeginCheckout = (input: NewCheckout, now: number) => Promise<{ checkoutId: string }>

/**
 * Starts one payment of the chosen bills and answers where to pay. Bills that an older, unpaid checkout still holds are
 * taken over once the gateway has confirmed that nothing can be paid there any more.
 * @throws GojiError as `beginCheckout` does; `bill_in_checkout` when the older checkout could not be ended.
 */
export async function startCheckout(root: Parts, input: NewCheckout, begin?: BeginCheckout): Promise<StartedCheckout> {
  const beginHere: BeginCheckout = begin ?? ((order, now) => transaction(root.sql, (tx) => beginCheckout(tx, order, now)))
  // Twelve bills may be held by several older checkouts; each is ended at most once, so this ends too.
  const ended = new Set<string>()
  for (;;) {
    try {
      const { checkoutId } = await beginHere(input, root.clock.now())
      return { checkoutId, url: await openPage(root, checkoutId) }
    } catch (error) {
      if (!(error instanceof BillClaimedError) || ended.has(error.checkoutId)) throw error
      ended.add(error.checkoutId)
      await endOlder(root, error)
    }
  }
}

async function endOlder({ engine }: Parts, claimed: BillClaimedError): Promise<void> {
  const { checkoutId } = claimed
  try {
    await cancelCheckout(engine, checkoutId)
  } catch (error) {
    // Nobody knows now whether the older checkout can still be paid, so its claim stands and the caller hears why.
    claimed.cause = error
    throw claimed
  }
}

/**
 * Where a checkout is paid, asking the engine while nobody has heard of it: safe to call again from a page that
 * refreshes itself. With Temporal out of reach the checkout stays claimed and the answer is null, to be asked again.
 * @throws GojiError `checkout_not_found`.
 */
export async function openPage(root: Parts, checkoutId: string): Promise<string | null> {
  const { state, session_url: url } = await readCheckout(root.sql, checkoutId)
  if (state !== 'claimed') return state === 'open' ? url : null
  try {
    return (await root.engine.openCheckout(checkoutId)).url
  } catch (error) {
    if (error instanceof ServiceError || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return null
    throw error
  }
}
