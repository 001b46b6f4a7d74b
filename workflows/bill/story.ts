import type { View } from '../../activities/books.ts'
import type { BillFact, SWEPT } from '../../domain/signals.ts'
import type { Step } from '../../domain/step.ts'

/** Shown beside the signals in Temporal's UI. */
export const SIGNAL_MEANINGS: Record<BillFact | typeof SWEPT, string> = {
  billCreated: 'The bill was received.',
  noticeDelivered: 'A channel reports that the notice arrived.',
  noticeRead: 'The citizen opened the notice.',
  deliveryFailed: 'A channel reports that the notice did not arrive: the next channel is due.',
  paymentReceived: 'A payment was recorded and its part given to this bill.',
  checkoutEnded: 'A payment page was left without a payment.',
  settlementMatched: "The gateway's settlement file holds this bill's payment.",
  refundRequested: 'Money is to go back to the citizen.',
  refundAccountGiven: 'The citizen said where a refund should go.',
  paused: 'Every clock of the bill that its policy lists was stopped.',
  resumed: 'The clocks go on with exactly the time that was left.',
  cancelled: 'The institution took the bill back.',
  writtenOff: 'The institution gave up what is still owed.',
  swept: 'The run was found behind its books and told to read them again.',
}

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** What a step does, in words. */
export function doing(step: Step): string {
  switch (step.kind) {
    case 'issue':
      return 'issue the bill'
    case 'send':
      return step.purpose === 'notice' ? `send the notice by ${step.channel}` : `send ${step.key.replace(':', ' ')} by ${step.channel}`
    case 'fallDue':
      return 'mark the bill as overdue'
    case 'conclude':
      return 'conclude the notice, which asks for no money'
    case 'handBack':
      return 'hand the bill back to the institution'
    case 'askSettlement':
      return 'ask the gateway for the settlement'
    case 'openException':
      return 'ask a person to look for the settlement'
    case 'refund':
      return 'give money back'
  }
}

/** The timer's line: what happens when it fires, unless a signal comes first. */
export function waitingFor(view: View): string {
  if (view.step === null || view.at === null) return 'wait for a signal'
  const unless =
    view.stage === 'reconcile'
      ? 'unless the settlement comes first'
      : view.stage === 'pay' || view.stage === 'remind'
        ? 'unless it is paid first'
        : 'unless it is read or paid first'
  return `Until ${time(view.at)}, then ${doing(view.step)}, ${unless}`
}

/** The current details in Temporal's UI: where the bill stands, what it waits for, until when. */
export function describeView(view: View): string {
  const lines = [`**Stage ${view.stage}, status ${view.status}.**`]
  if (view.dueAt !== null) lines.push(`Due until ${time(view.dueAt)}.`)
  if (view.paused) lines.push('Paused: the clocks that the policy lists stand still until the bill is resumed.')
  if (view.stage === 'closed') lines.push('Its life is over. A late payment or a refund opens another run.')
  else if (view.step !== null && view.at !== null) lines.push(`Next: ${doing(view.step)}, on ${time(view.at)}.`)
  else lines.push('Nothing happens by itself: it waits for a payment, a command or a person.')
  return lines.join('\n\n')
}
