import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  patched,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow'
import type { CollectState, OpenedSession } from '../activities/checkout.ts'
import { type CancelledCheckout, cancelUpdate, openUpdate, reportedSignal } from './messages.ts'
import { runActivity } from './run-activity.ts'

/** The books were put back from a copy that is older than this checkout. */
const isForgotten = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === 'checkout_not_found'

/**
 * One payment of one or many bills, which it holds from before the first call to the gateway until the end. The gateway
 * is asked whenever something is reported, every so often in between, and always before the checkout expires. A checkout
 * that the books have forgotten is ended at the gateway, so that nobody pays what nobody can book.
 */
export async function checkout({ checkoutId }: { checkoutId: string }): Promise<CollectState> {
  let session: OpenedSession | undefined
  let state: CollectState = 'open'
  let story: string | undefined
  let reported = false
  const isReported = (): boolean => reported
  let cancelling = false
  setHandler(reportedSignal, () => void (reported = true), {
    description: 'The gateway or the returning citizen says that something happened: the gateway is asked what.',
  })
  setHandler(openUpdate, async () => {
    await condition(() => session !== undefined || state !== 'open')
    return { url: state === 'open' ? (session?.url ?? null) : null }
  })
  setHandler(cancelUpdate, async (): Promise<CancelledCheckout> => {
    cancelling = true
    await condition(() => state !== 'open')
    return { state: state as CancelledCheckout['state'] }
  })

  setCurrentDetails('Asking the gateway for a payment page.')
  try {
    session = await runActivity('openSession', { checkoutId }, 'Ask the gateway for a payment page')
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    state = isForgotten(error)
      ? await forget()
      : await runActivity(
          'abandonCheckout',
          { checkoutId, code: 'session_refused', now: Date.now() },
          'Let the bills go: there is no payment page',
        )
  }
  while (session !== undefined && state === 'open') state = await wait(session).catch(forgetOr)
  setCurrentDetails(story ?? `The checkout is ${state}.`)
  await condition(allHandlersFinished)
  return state

  function forgetOr(error: unknown): Promise<CollectState> {
    if (isForgotten(error)) return forget()
    throw error
  }

  /** What the gateways say of it stands in the UI: money that was paid there comes into the books by a settlement file. */
  async function forget(): Promise<CollectState> {
    const found = await runActivity('endForgotten', { checkoutId }, 'End the payment page, which the books have forgotten')
    story = `The books do not know this checkout: they were put back from an older copy. At the gateways it is: ${found}.`
    return 'failed'
  }

  /** A checkout that is over: money may come after all, or somebody claims it back. What is reported while we ask is asked about too. */
  async function askAfterwards(): Promise<CollectState> {
    for (;;) {
      reported = false
      const found = await runActivity('collect', { checkoutId, now: Date.now() }, 'Ask the gateway whether money came after all')
      if (!isReported() || !patched('ask-again-afterwards')) return found
    }
  }

  /** Waits for news or the next time to ask; then asks, or ends the session when it is over or somebody ended it. */
  async function wait({ expiresAt, askEvery, ended }: OpenedSession): Promise<CollectState> {
    if (ended) return askAfterwards()
    const left = expiresAt - Date.now()
    setCurrentDetails(`Waiting for the citizen to pay, until ${new Date(expiresAt).toISOString().slice(0, 19)} UTC.`)
    if (left > 0) await condition(() => reported || cancelling, Math.min(left, askEvery), { summary: 'Until the gateway is asked again' })
    const now = Date.now()
    if (cancelling || now >= expiresAt) {
      const event = cancelling ? 'cancel' : 'expire'
      return runActivity('closeSession', { checkoutId, event, now }, `End the payment page (${event}), unless money came`)
    }
    reported = false
    return runActivity('collect', { checkoutId, now }, 'Ask the gateway, take and record the payment')
  }
}
