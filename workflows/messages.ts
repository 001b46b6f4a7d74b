import { defineSignal, defineUpdate } from '@temporalio/workflow'
import { BATCH_ORDERED, CHECKOUT_REPORTED, WEBHOOK_WOKEN } from '../domain/signals.ts'

/** Where a citizen is sent to pay. Null while the gateway has not answered yet: the page asks again by itself. */
export interface OpenedCheckout {
  readonly url: string | null
}

/** What became of a checkout that somebody wants to end: `paid` means that it was too late. */
export interface CancelledCheckout {
  readonly state: 'cancelled' | 'paid' | 'failed' | 'expired'
}

export const openUpdate = defineUpdate<OpenedCheckout>('open')
export const cancelUpdate = defineUpdate<CancelledCheckout>('cancel')
/** The gateway or the returning citizen says that something happened; the gateway is asked what. */
export const reportedSignal = defineSignal(CHECKOUT_REPORTED)
/** Tells an endpoint's run to look now. */
export const webhookWokenSignal = defineSignal(WEBHOOK_WOKEN)
/** Somebody ordered something about a batch: it is read again. */
export const orderedSignal = defineSignal(BATCH_ORDERED)
