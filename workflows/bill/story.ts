import type { Bookkeeping, View } from '../../activities/books.ts'
import type { BillFact, SWEPT } from '../../domain/signals.ts'
import type { Step } from '../../domain/step.ts'

/** Shown beside the signals in Temporal's UI. */
export const SIGNAL_MEANINGS: Record<BillFact | typeof SWEPT, string> = {
  billCreated: 'The bill was received.',
  noticeDelivered: 'A channel reports that the notice arrived.',
  noticeRead: 'The citizen opened the notice.',
  deliveryFailed: 'A channel reports that the notice did not arrive: the next channel is due.',
  noticeReturned: 'A letter came back: the next channel is due, or a person.',
  addressGiven: 'There is a new address, or somebody decided what becomes of a letter that came back.',
  paymentReceived: 'A payment was recorded and its part given to this bill.',
  checkoutEnded: 'A payment page was left without a payment.',
  settlementMatched: "The gateway's settlement file holds this bill's payment.",
  refundRequested: 'Money is to go back to the citizen.',
  refundApproved: 'A second person agreed that money goes back.',
  refundAccountGiven: 'The citizen said where a refund should go.',
  refundAccountRefused: 'The account for a refund turned out to be none: the citizen is asked again.',
  refunded: 'A person paid a refund out.',
  creditUsed: 'What the citizen had paid too much elsewhere was used for this bill.',
  paymentDisputed: "The payer's bank asks about a payment of this bill.",
  paymentTakenBack: 'A payment of this bill was taken back by the bank or the card scheme: it is owed again.',
  paused: 'Every clock of the bill that its policy lists was stopped.',
  resumed: 'The clocks go on with exactly the time that was left.',
  cancelled: 'The institution took the bill back.',
  writtenOff: 'The institution gave up what is still owed.',
  extended: 'The due date moved later.',
  amended: 'The institution changed the bill.',
  objected: 'The citizen objects to the bill.',
  objectionDecided: 'The objection was decided or withdrawn.',
  swept: 'The run was found behind its books and told to read them again.',
}

export const FORGOTTEN_DETAILS =
  'The books do not know this bill: they were put back from a copy that is older than it. The institution has to hand it in again.'

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** What a step does, in words. */
export function doing(step: Step): string {
  switch (step.kind) {
    case 'issue':
      return 'issue the bill'
    case 'send':
      if (step.purpose === 'refundAccount') return `ask the citizen by ${step.channel} for an account for a refund`
      return step.purpose === 'notice' ? `send the notice by ${step.channel}` : `send ${step.key.replace(':', ' ')} by ${step.channel}`
    case 'fallDue':
      return 'mark the bill as overdue'
    case 'surcharge':
      return 'add the surcharge for being late'
    case 'conclude':
      return 'conclude the notice, which asks for no money'
    case 'handBack':
      return 'hand the bill back to the institution'
    case 'expire':
      return 'hand the bill back, as it can no longer be paid here'
    case 'endCheckout':
      return 'end the payment page that is still open'
    case 'askSettlement':
      return 'ask the gateway for the settlement'
    case 'openException':
      return 'ask a person to look for the settlement'
    case 'askAboutReturn':
      return 'ask a person about the letter that came back'
    case 'recall':
      return `take back what is not needed any more from ${step.channel}`
    case 'useCredit':
      return "use the citizen's credit"
    case 'refund':
      return 'give money back'
  }
}

/** The line of a sending activity. */
export const sending = (step: Step): string => capitalised(doing(step))

/** The line of a bookkeeping step. A run that starts over an older bill begins with `issue` too, and finds it taken. */
export function taking(kind: Bookkeeping): string {
  if (kind === 'issue') return 'Issue the bill, or learn where it stands'
  if (kind === 'recall') return 'Note that the channel did not say whether it took it back'
  return kind === 'askSettlement' ? 'Note that the gateway did not answer, and ask again later' : capitalised(doing({ kind, key: kind }))
}

/** The line of a reading: which signals asked for it. */
export const reading = (news: readonly string[]): string =>
  news.length === 0
    ? 'Read the bill and ask the plan what is due'
    : `Signalled: ${[...new Set(news)].join(', ')}. Read the bill and ask the plan what is due`

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What makes a waiting step unnecessary. */
function unless({ stage, step }: View): string {
  if (stage === 'issue') return 'unless it is cancelled first'
  if (stage === 'refund') return 'unless the account is given first'
  if (stage === 'reconcile') return 'unless the settlement comes first'
  if (stage === 'deliver') return 'unless it is delivered, read or paid first'
  return step?.kind === 'handBack' ? 'unless it is paid, or its delivery proven, first' : 'unless it is paid first'
}

/** The timer's line: what happens when it fires, unless a signal comes first. */
export function waitingFor(view: View): string {
  if (view.step === null || view.at === null) return 'Wait for a signal'
  return `Until ${time(view.at)}, then ${doing(view.step)}, ${unless(view)}`
}

const ENDS: Partial<Record<View['status'], string>> = {
  settled: 'Paid, and the gateway has settled the payment.',
  cancelled: 'The institution took the bill back.',
  writtenOff: 'The institution gave up what was still owed.',
  handedBack: 'It was not paid, or could not be served, for as long as its policy allows: the institution has it back.',
  concluded: 'The notice is served, and asked for no money.',
}

/** The current details in Temporal's UI: where the bill stands, what it waits for, until when, and what happens then. */
export function describeView(view: View, now: number): string {
  const lines = [`**Stage ${view.stage}, status ${view.status}.**`]
  if (view.stage === 'closed')
    return [...lines, ENDS[view.status] ?? '', 'Its life is over. A late payment or a refund opens another run.'].join('\n\n')
  if (view.dueAt !== null) lines.push(`${view.dueAt < now ? 'Was due' : 'Due'} until ${time(view.dueAt)}.`)
  if (view.paused) lines.push('Paused: the clocks that its policy lists stand still until the bill is resumed.')
  return [...lines, next(view, now)].join('\n\n')
}

function next(view: View, now: number): string {
  const { stage, step, at, paused } = view
  if (step !== null && at !== null && at <= now)
    return `Under way: ${doing(step)}. Attempts and their last error stand under the pending activities.`
  if (step !== null && at !== null) return `Next: ${doing(step)}, on ${time(at)}, ${unless(view)}.`
  if (stage === 'reconcile') return 'The settlement did not come. A person looks for it; a file that comes after all settles the bill.'
  // Which step then comes first, and when, is known once the pause has ended.
  if (step !== null && paused) return 'No date is set while it is paused: what was due next goes on with exactly the time that was left.'
  if (step !== null) return `Held back: ${doing(step)}. It goes on when the open payment page ends.`
  return 'Nothing happens by itself: it waits for a payment, a receipt, a command or a person.'
}
