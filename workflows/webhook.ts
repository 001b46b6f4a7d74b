import { condition, continueAsNew, setCurrentDetails, setHandler } from '@temporalio/workflow'
import { webhookWokenSignal } from './messages.ts'
import { runActivity } from './run-activity.ts'

/** Looks of one run: few, so that its history stays short for as long as the endpoint lives. */
const LOOKS = 25

/**
 * Delivers an institution's events to one endpoint for as long as it is enabled. What is due, and in which order, stands
 * in the store: a run that was lost, doubled or started anew goes on from there.
 */
export async function webhook({ endpointId }: { endpointId: string }): Promise<void> {
  let woken = false
  const isWoken = (): boolean => woken
  setHandler(webhookWokenSignal, () => void (woken = true), {
    description: 'There are new events, or somebody changed the endpoint: look now.',
  })
  for (let looks = 0; looks < LOOKS; looks++) {
    woken = false
    const { enabled, lookAt, delivered, failed, down } = await runActivity(
      'deliverWebhooks',
      { endpointId, now: Date.now() },
      'Deliver the events that are due',
    )
    const next = `${new Date(lookAt).toISOString().slice(0, 19)} UTC`
    setCurrentDetails(
      enabled
        ? `${delivered} delivered, ${failed} failed${down ? '; the endpoint answers nothing well' : ''}. The next look is at ${next}.`
        : 'The endpoint is disabled.',
    )
    if (!enabled && !isWoken()) return
    const wait = lookAt - Date.now()
    if (enabled && wait > 0) await condition(isWoken, wait, { summary: 'Until the next look' })
  }
  await continueAsNew<typeof webhook>({ endpointId })
}
