/** An entry of a bill's log, with its body read: only texts and numbers stand in one. */
export interface Told {
  readonly seq: number
  readonly action: string
  readonly body: Readonly<Record<string, string | number | undefined>>
}

type Status = 'received' | 'open' | 'overdue' | 'paid' | 'settled' | 'cancelled' | 'writtenOff' | 'handedBack' | 'concluded'
const UNPAID: readonly Status[] = ['open', 'overdue']

/** From which statuses an action may be told, and what the bill is then; written here a second time on purpose. */
const MOVES: Readonly<Record<string, { readonly from: readonly Status[]; readonly to?: Status }>> = {
  issue: { from: ['received'], to: 'open' },
  sending: { from: UNPAID },
  fallDue: { from: ['open'], to: 'overdue' },
  paid: { from: UNPAID },
  settlementAsked: { from: ['paid'] },
  settlementUnanswered: { from: ['paid'] },
  openException: { from: ['paid'] },
  cancelled: { from: ['received', 'open', 'overdue'], to: 'cancelled' },
  writtenOff: { from: UNPAID, to: 'writtenOff' },
  handBack: { from: UNPAID, to: 'handedBack' },
  conclude: { from: ['open'], to: 'concluded' },
  checkoutBegun: { from: UNPAID },
  reopened: { from: ['paid', 'settled'], to: 'open' },
  creditUsed: { from: [...UNPAID, 'paid', 'settled'] },
  paused: { from: ['received', 'open', 'overdue', 'paid'] },
}

const DELIVERY: Readonly<Record<string, readonly string[]>> = {
  accepted: ['sending', 'stopped'],
  delivered: ['sending', 'accepted', 'failed', 'stopped'],
  read: ['sending', 'accepted', 'delivered', 'failed', 'stopped'],
  // One that was stopped may have been taken up again under its own key.
  unreachable: ['sending', 'stopped'],
  failed: ['sending', 'accepted', 'stopped'],
  stopped: ['sending', 'stopped'],
}

const REFUND: Readonly<Record<string, readonly (string | undefined)[]>> = {
  refundRequested: [undefined],
  refundSubmitted: ['refundRequested', 'refundAccountGiven'],
  refundAccountGiven: ['refundRefused'],
  refundAwaitsPayout: ['refundSubmitted'],
  // One that was only requested may be taken by the bank or the card scheme itself.
  refunded: ['refundSubmitted', 'refundAwaitsPayout', 'refundRequested'],
  refundRefused: ['refundSubmitted', 'refundAwaitsPayout'],
  refundSettled: ['refunded'],
}

const SILENT = [
  'settlementMatched',
  'resumed',
  'checkoutEnded',
  'excessHeld',
  'excessCredited',
  'excessReleased',
  'amountDiffers',
  'paymentDisputed',
  'disputeWon',
  'chargeTakenBack',
  'paymentTakenBack',
]

/** Whole minor units of an amount in a log: a decimal string with exactly the currency's digits. */
const minor = ({ body }: Told): bigint => BigInt(String(body['amount'] ?? '0').replace('.', ''))

/**
 * Lives a bill again by what its log tells. Answers the status that it ends in, and every entry that could not follow
 * the ones before it. `fromAllocation`: refunds of money that the bill had taken.
 */
export function replay(entries: readonly Told[], fromAllocation: ReadonlySet<string>): { status: Status; flaws: string[] } {
  let status: Status = 'received'
  const sums = { charged: 0n, paid: 0n, refunded: 0n, settled: 0n, dropped: 0n }
  const deliveries = new Map<string, string>()
  const refunds = new Map<string, string>()
  let paused = false
  const flaws: string[] = []
  for (const entry of entries) {
    const { seq, action, body } = entry
    const legal = (ok: boolean, now: string): void => {
      if (!ok) flaws.push(`entry ${seq} "${action}" cannot follow ${now}`)
    }
    const move = MOVES[action]
    if (action === 'received') {
      legal(seq === 1, `entry ${seq - 1}`)
      sums.charged = minor(entry)
    } else if (move) {
      legal(move.from.includes(status), `"${status}"`)
      if (action === 'sending') legal(!deliveries.has(String(body['key'])), `a delivery of ${String(body['key'])}`)
      if (action === 'paused') legal(!paused, 'another pause')
      status = move.to ?? status
    } else if (action in DELIVERY) {
      const before = deliveries.get(String(body['key']))
      legal(DELIVERY[action]?.includes(before ?? '') === true, `"${before ?? 'nothing'}" of ${String(body['key'])}`)
    } else if (action in REFUND) {
      const before = refunds.get(String(body['refundId']))
      // Who asked for a refund may have done so where the log of the bill does not tell it.
      legal(REFUND[action]?.includes(before) === true, `"${before ?? 'nothing'}" of refund ${String(body['refundId'])}`)
      refunds.set(String(body['refundId']), action)
    } else legal(SILENT.includes(action), 'anything: nobody knows this action')
    if (action === 'sending' || action in DELIVERY) deliveries.set(String(body['key']), action)
    if (action === 'paused' || action === 'resumed') paused = action === 'paused'
    if (action === 'paid') sums.paid += minor(entry)
    if (action === 'chargeTakenBack') sums.dropped += minor(entry)
    if (action === 'settlementMatched' || (action === 'paid' && body['inBank'] === 1)) sums.settled += minor(entry)
    if (action === 'refunded' && fromAllocation.has(String(body['refundId']))) sums.refunded += minor(entry)
    if (action === 'paid' && sums.charged - (sums.paid - sums.refunded) - sums.dropped === 0n) status = 'paid'
    if (status === 'paid' && (action === 'settlementMatched' || action === 'paid') && sums.settled >= sums.paid) status = 'settled'
  }
  return { status, flaws }
}
