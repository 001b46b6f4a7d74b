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
  fallDue: { from: ['open'], to: 'overdue' },
  paid: { from: UNPAID },
  settlementAsked: { from: ['paid'] },
  settlementUnanswered: { from: ['paid'] },
  openException: { from: ['paid'] },
  cancelled: { from: ['received', 'open', 'overdue'], to: 'cancelled' },
  writtenOff: { from: UNPAID, to: 'writtenOff' },
  handBack: { from: UNPAID, to: 'handedBack' },
  expire: { from: UNPAID, to: 'handedBack' },
  conclude: { from: ['open'], to: 'concluded' },
  checkoutBegun: { from: UNPAID },
  reopened: { from: ['paid', 'settled'], to: 'open' },
  creditUsed: { from: [...UNPAID, 'paid', 'settled'] },
  paused: { from: ['received', 'open', 'overdue', 'paid'] },
  surcharge: { from: UNPAID },
  reduced: { from: UNPAID },
  surchargeTakenBack: { from: UNPAID },
  amended: { from: ['received', ...UNPAID] },
  paidTooMuch: { from: UNPAID },
  extended: { from: ['received', ...UNPAID] },
  objected: { from: UNPAID },
}

const DELIVERY: Readonly<Record<string, readonly string[]>> = {
  accepted: ['sending', 'stopped'],
  delivered: ['sending', 'accepted', 'failed', 'stopped'],
  read: ['sending', 'accepted', 'delivered', 'failed', 'stopped', 'returned'],
  // One that was stopped may have been taken up again under its own key.
  unreachable: ['sending', 'stopped'],
  failed: ['sending', 'accepted', 'stopped'],
  stopped: ['sending', 'stopped'],
  recalled: ['sending', 'accepted', 'stopped'],
  returned: ['sending', 'accepted', 'delivered', 'stopped'],
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
  'objectionDecided',
  'objectionOvertaken',
  'askAboutReturn',
  'recallRefused',
  'resend',
]

/** Whole minor units of an amount in a log: a decimal string with exactly the currency's digits. */
const minor = ({ body }: Told): bigint => BigInt(String(body['amount'] ?? '0').replace('.', ''))

/** What every charge adds to the bill or takes off it. */
const CHARGES: Readonly<Record<string, 1n | -1n>> = { received: 1n, surcharge: 1n, reduced: -1n, surchargeTakenBack: -1n }
/** What may pay the last part: money, an amount that is lower now, or a surcharge that alone was owed and was taken back. */
const pays = ({ action, body }: Told): boolean =>
  ['paid', 'amended', 'extended'].includes(action) || (action === 'surchargeTakenBack' && body['reason'] === 'letterReturned')

/**
 * Lives a bill again by what its log tells. Answers the statuses that it may end in, which are more than one only where a
 * letter came back, and every entry that could not follow the ones before it. `fromAllocation`: refunds of money that the
 * bill had taken.
 */
export function replay(entries: readonly Told[], fromAllocation: ReadonlySet<string>): { statuses: Status[]; flaws: string[] } {
  let status: Status = 'received'
  // Whether a letter that came back takes the due date with it is the policy's, which the log does not tell.
  let maybe: Status | undefined
  const sums = { charged: 0n, paid: 0n, refunded: 0n, settled: 0n, dropped: 0n }
  const owed = (): bigint => sums.charged - (sums.paid - sums.refunded) - sums.dropped
  const deliveries = new Map<string, string>()
  const refunds = new Map<string, string>()
  let paused = false
  const flaws: string[] = []
  for (const entry of entries) {
    const { seq, action, body } = entry
    const key = String(body['key'])
    const legal = (ok: boolean, now: string): void => {
      if (!ok) flaws.push(`entry ${seq} "${action}" cannot follow ${now}`)
    }
    const move = MOVES[action]
    if (maybe !== undefined && move && !move.from.includes(status)) [status, maybe] = [maybe, undefined]
    if (action === 'received') legal(seq === 1, `entry ${seq - 1}`)
    else if (action === 'sending') {
      // The citizen is asked for an account whatever became of the bill.
      legal(key.startsWith('refundAccount:') || UNPAID.includes(status) || (maybe !== undefined && UNPAID.includes(maybe)), `"${status}"`)
      legal(!deliveries.has(key), `a delivery of ${key}`)
    } else if (move) {
      legal(move.from.includes(status), `"${status}"`)
      if (action === 'paused') legal(!paused, 'another pause')
      status = move.to ?? status
    } else if (action in DELIVERY) {
      const before = deliveries.get(key)
      legal(DELIVERY[action]?.includes(before ?? '') === true, `"${before ?? 'nothing'}" of ${key}`)
    } else if (action in REFUND) {
      const before = refunds.get(String(body['refundId']))
      // Who asked for a refund may have done so where the log of the bill does not tell it.
      legal(REFUND[action]?.includes(before) === true, `"${before ?? 'nothing'}" of refund ${String(body['refundId'])}`)
      refunds.set(String(body['refundId']), action)
    } else legal(SILENT.includes(action), 'anything: nobody knows this action')
    if (action === 'sending' || action in DELIVERY) deliveries.set(key, action)
    // It was too late: the channel has it. Without an outcome it was never known there.
    if (action === 'recallRefused')
      deliveries.set(
        key,
        body['outcome'] === undefined ? 'stopped' : body['outcome'] === 'tooLate' ? 'accepted' : String(deliveries.get(key)),
      )
    if (action === 'paused' || action === 'resumed') paused = action === 'paused'
    sums.charged += (CHARGES[action] ?? 0n) * minor(entry)
    if (action === 'amended' && body['amount'] !== undefined) {
      const change = minor(entry) - BigInt(String(body['before'] ?? '0').replace('.', ''))
      // What is paid already stays charged until it has gone back.
      sums.charged += change < -owed() ? -owed() : change
    }
    if (action === 'paid') sums.paid += minor(entry)
    if (action === 'paidTooMuch') sums.paid -= minor(entry)
    if (action === 'chargeTakenBack') sums.dropped += minor(entry)
    if (action === 'settlementMatched' || (action === 'paid' && body['inBank'] === 1)) sums.settled += minor(entry)
    if (action === 'paidTooMuch' && body['inBank'] === 1) sums.settled -= minor(entry)
    if (action === 'refunded' && fromAllocation.has(String(body['refundId']))) sums.refunded += minor(entry)
    if ((action === 'extended' || body['dueDate'] !== undefined) && status === 'overdue') status = 'open'
    if (action === 'returned' && (status === 'overdue' || status === 'concluded')) maybe = 'open'
    if (pays(entry) && UNPAID.includes(status) && owed() === 0n) status = 'paid'
    if (status === 'paid' && (action === 'settlementMatched' || pays(entry)) && sums.settled >= sums.paid) status = 'settled'
  }
  return { statuses: maybe === undefined ? [status] : [status, maybe], flaws }
}
