import { ProviderError } from '../domain/errors.ts'
import type { Language } from '../domain/ports/channel.ts'
import type { ClaimedBack, Gateway, PaymentReport } from '../domain/ports/gateway.ts'
import { durationMs } from '../domain/duration.ts'
import type { CheckoutState } from '../domain/states/checkout.ts'
import { billsAwaitingCredit } from '../store/bills/bills-awaiting-credit.ts'
import { checkoutBills } from '../store/checkouts/checkout-bills.ts'
import { type CheckoutRow, readCheckout } from '../store/checkouts/checkout-row.ts'
import { askEvery } from '../store/checkouts/ask-every.ts'
import { endCheckout } from '../store/commands/end-checkout.ts'
import { noteStop } from '../store/checkouts/note-stop.ts'
import { openCheckout } from '../store/commands/open-checkout.ts'
import { recordCapture } from '../store/commands/record-capture.ts'
import { recordClaim } from '../store/commands/take-back-payment.ts'
import { unappliedOf } from '../store/facts/unapplied-of.ts'
import { paymentOfCheckout } from '../store/payments/payment-of-checkout.ts'
import { assertRunning } from '../store/providers/provider-stop.ts'
import { transaction } from '../store/unit/transaction.ts'
import { CALL_LIMIT_MS, withHeartbeat } from './heartbeat.ts'
import { laterOf, type Ports } from './ports.ts'

const TITLES: Record<Language, (bills: number) => string> = {
  ko: (bills) => `고지서 ${bills}건`,
  en: (bills) => (bills === 1 ? '1 bill' : `${bills} bills`),
}

export interface OpenedSession {
  readonly url: string
  /** Milliseconds. */
  readonly expiresAt: number
  /** Milliseconds between questions to the gateway while nothing is heard. */
  readonly askEvery: number
  /** The checkout is over already: this run only looks whether money came after all. */
  readonly ended: boolean
}

/** `open` means that nothing is decided: the citizen is still on the gateway's page. */
export type CollectState = 'open' | Exclude<CheckoutState, 'claimed'>

/** The calls of a checkout. Every one may be repeated: the gateway knows the checkout's id as the key. */
export const checkoutActivities = (ports: Ports) => ({
  openSession: async ({ checkoutId }: { checkoutId: string }): Promise<OpenedSession> => {
    const checkout = await readCheckout(ports.sql, checkoutId)
    const bills = await checkoutBills(ports.sql, checkoutId)
    const every = durationMs(await askEvery(ports.sql, checkoutId))
    const ended = checkout.ended_at !== null
    if (checkout.session_url !== null || ended)
      return { url: checkout.session_url ?? '', expiresAt: checkout.expires_at, askEvery: every, ended }
    // A page is the first that the gateway hears of a checkout; what it knows already goes on to its end.
    await assertRunning(ports.sql, 'gateway', checkout.gateway)
    const session = await withHeartbeat(CALL_LIMIT_MS, (signal) =>
      ports.gateway(checkout.gateway).openSession(
        {
          key: checkoutId,
          amount: { minor: checkout.amount_minor, currency: checkout.currency },
          title: TITLES[checkout.language](bills.length),
          language: checkout.language,
          returnUrl: ports.url(checkout.return_path.replace('{id}', checkoutId)),
          expiresAt: checkout.expires_at,
        },
        signal,
      ),
    )
    await transaction(ports.sql, (tx) => openCheckout(tx, checkoutId, session))
    return { url: session.url, expiresAt: checkout.expires_at, askEvery: every, ended }
  },

  /** Asks the gateway, takes the money of an authorized payment, records it with every bill's part and wakes the bills. */
  collect: async ({ checkoutId, now }: { checkoutId: string; now: number }): Promise<CollectState> => {
    const checkout = await readCheckout(ports.sql, checkoutId)
    const gateway = ports.gateway(checkout.gateway)
    if (checkout.state === 'paid') {
      // The bills first: what the gateway has to say of a payment that is recorded can wait until it answers.
      await wakeBills(ports, checkoutId)
      const report = await withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.payment(checkoutId, signal))
      if (report.status === 'captured') await claim(ports, checkoutId, report.claimedBack ?? null, now)
    } else {
      const asked = await withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.payment(checkoutId, signal))
      // What is authorized only after the checkout's end is not taken: without our capture it lapses, and nothing goes back.
      const takes = asked.status === 'authorized' && checkout.ended_at === null
      const report = takes ? await withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.capture(checkoutId, signal)) : asked
      await record(ports, checkoutId, await confirmed(gateway, checkout, report), now)
    }
    return wakeBills(ports, checkoutId)
  },

  /**
   * Ends the gateway's session, so that nothing can be paid on it any more, and acts on what the gateway then says. What
   * the citizen has authorized by then is taken: ending the session would undo a payment that was made in good faith.
   */
  closeSession: async ({
    checkoutId,
    event,
    now,
  }: {
    checkoutId: string
    event: 'cancel' | 'expire'
    now: number
  }): Promise<CollectState> => {
    const checkout = await readCheckout(ports.sql, checkoutId)
    if (checkout.ended_at === null) {
      const gateway = ports.gateway(checkout.gateway)
      const before = await withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.payment(checkoutId, signal))
      const asked =
        before.status === 'authorized' ? before : await withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.cancel(checkoutId, signal))
      const report =
        asked.status === 'authorized' ? await withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.capture(checkoutId, signal)) : asked
      if (report.status === 'captured') await record(ports, checkoutId, await confirmed(gateway, checkout, report), now)
      else await transaction(ports.sql, (tx) => endCheckout(tx, checkoutId, event, { now: laterOf(now, ports) }))
    }
    return wakeBills(ports, checkoutId)
  },

  /**
   * Has the checkout that holds a bill end its page at the gateway, because the bill no longer asks for what the page asks
   * for. Answers once it has ended, unpaid or paid: both are recorded by the checkout's own run.
   */
  stopCheckout: async ({ billId, now }: { billId: string; now: number }): Promise<string> => {
    const checkoutId = await transaction(ports.sql, (tx) => noteStop(tx, billId, laterOf(now, ports)))
    if (checkoutId === null) return 'over already'
    return (await withHeartbeat(CALL_LIMIT_MS, () => ports.cancelCheckout(checkoutId))).state
  },

  /**
   * Ends the page of a checkout that the books have forgotten, at whichever gateway has it, and answers what each says of
   * it. No payment can be booked without the checkout's bills, so nothing is taken either.
   */
  endForgotten: async ({ checkoutId }: { checkoutId: string }): Promise<string> => {
    const found: string[] = []
    for (const name of ports.gatewayNames) {
      const gateway = ports.gateway(name)
      const { status } = await known(async () => {
        const asked = await withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.payment(checkoutId, signal))
        return asked.status === 'captured' ? asked : withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.cancel(checkoutId, signal))
      })
      found.push(`${name} ${status}`)
    }
    return found.join(', ') || 'nowhere'
  },

  /** Ends a checkout whose payment page never came about, and lets its bills go. */
  abandonCheckout: async ({ checkoutId, code, now }: { checkoutId: string; code: string; now: number }): Promise<CollectState> => {
    await transaction(ports.sql, (tx) => endCheckout(tx, checkoutId, 'fail', { now: laterOf(now, ports), code }))
    return wakeBills(ports, checkoutId)
  },
})

/**
 * What the gateway says that it took. Another amount than its page asked for is asked about once more: one that was garbled
 * in an answer is never booked, and one that stands is booked as it is.
 */
function confirmed(gateway: Gateway, checkout: CheckoutRow, report: PaymentReport): Promise<PaymentReport> {
  const isAsAsked =
    report.status !== 'captured' || (report.amount.minor === checkout.amount_minor && report.amount.currency === checkout.currency)
  return isAsAsked ? Promise.resolve(report) : withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.payment(checkout.id, signal))
}

/** A gateway that refuses the question for good has never heard of the checkout. */
async function known(ask: () => Promise<PaymentReport>): Promise<{ readonly status: string }> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'permanent') return { status: 'unknown' }
    throw error
  }
}

async function record(ports: Ports, checkoutId: string, report: PaymentReport, now: number): Promise<void> {
  const time = laterOf(now, ports)
  if (report.status === 'captured') {
    await transaction(ports.sql, (tx) => recordCapture(tx, checkoutId, report, time))
    if (report.claimedBack !== undefined) await claim(ports, checkoutId, report.claimedBack, now)
  } else if (report.status === 'expired') await transaction(ports.sql, (tx) => endCheckout(tx, checkoutId, 'expire', { now: time }))
  else if (report.status === 'cancelled') await transaction(ports.sql, (tx) => endCheckout(tx, checkoutId, 'cancel', { now: time }))
  // A declined card is not the end: the citizen may try another method until the session expires.
}

/** Somebody claims a recorded payment back, or does so no more. */
async function claim(ports: Ports, checkoutId: string, claimedBack: ClaimedBack | null, now: number): Promise<void> {
  const payment = await paymentOfCheckout(ports.sql, checkoutId)
  if (payment === null) return
  // Also of bills that no checkout of this payment had: they took a credit of it.
  await ports.wake(await transaction(ports.sql, (tx) => recordClaim(tx, payment.id, claimedBack, laterOf(now, ports))))
}

/** Also on a repetition: whatever facts of these bills no run has read yet are signalled again, which harms nothing. */
async function wakeBills(ports: Ports, checkoutId: string): Promise<CollectState> {
  const bills = (await checkoutBills(ports.sql, checkoutId)).map(({ bill_id }) => bill_id)
  await ports.wake(await unappliedOf(ports.sql, bills))
  await ports.sweep(await billsAwaitingCredit(ports.sql, { from: bills, limit: bills.length }))
  const { state } = await readCheckout(ports.sql, checkoutId)
  return state === 'claimed' ? 'open' : state
}
