import { ActivityFailure, allHandlersFinished, condition, patched, setCurrentDetails, setHandler } from '@temporalio/workflow'
import type { CollectState, OpenedSession } from '../activities/checkout.ts'
import { type CancelledCheckout, cancelUpdate, openUpdate, reportedSignal } from './messages.ts'
import { runActivity } from './run-activity.ts'

/**
 * One payment of one or many bills, which it holds from before the first call to the gateway until the end. The gateway
 * is asked whenever something is reported, every so often in between, and always before the checkout expires.
 */
export async function checkout({ checkoutId }: { checkoutId: string }): Promise<CollectState> {
  let session: OpenedSession | undefined
  let state: CollectState = 'open'
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
    state = await runActivity(
      'abandonCheckout',
      { checkoutId, code: 'session_refused', now: Date.now() },
      'Let the bills go: there is no payment page',
    )
  }
  while (session !== undefined && state === 'open') state = await wait(session)
  setCurrentDetails(`The checkout is ${state}.`)
  await condition(allHandlersFinished)
  return state

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
