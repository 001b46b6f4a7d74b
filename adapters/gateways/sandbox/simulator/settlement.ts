import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import type { Method, SettledLine } from './entries.ts'

/** Fees are rounded down to a whole minor unit, in the payer's favour, and never exceed the payment. */
export function feeOf(method: Method, grossMinor: bigint): bigint {
  if (method === 'card') return (grossMinor * 15n) / 1000n
  if (method === 'simple_pay') return (grossMinor * 10n) / 1000n
  return grossMinor < 200n ? grossMinor : 200n
}

/**
 * The end of day: everything captured or given back since the last one goes into new files, one for each currency.
 * Returns the names of the files made, none where nothing was unsettled.
 */
export function settle(book: Book, clock: Clock): string[] {
  const names: string[] = []
  const at = clock.now()
  for (const [currency, lines] of unsettled(book)) {
    const number = book.state.settlements.size + 1
    const named = lines.map((line, index) => ({ ...line, lineReference: `sl_${book.state.journalId}_${number}_${index + 1}` }))
    const name = `settlement-${book.state.journalId}-${String(number).padStart(6, '0')}-${currency}.csv`
    const sums = {
      grossMinor: sum(named.map((line) => line.amountMinor)),
      feeMinor: sum(named.map((line) => line.feeMinor)),
      netMinor: sum(named.map((line) => line.netMinor)),
    }
    book.record({ op: 'settlement', name, currency, ...sums, lines: named, text: csv(name, currency, at, named, sums) })
    names.push(name)
  }
  return names
}

function unsettled(book: Book): Map<string, Omit<SettledLine, 'lineReference'>[]> {
  const lines: Omit<SettledLine, 'lineReference'>[] = []
  for (const key of book.state.unsettledPayments) {
    const session = book.state.sessions.get(key)
    if (session?.method === undefined) throw new Error(`The captured session ${key} has no method.`)
    const fee = feeOf(session.method, session.amountMinor)
    lines.push({
      kind: 'payment',
      key,
      reference: session.reference,
      amountMinor: session.amountMinor.toString(),
      currency: session.currency,
      feeMinor: fee.toString(),
      netMinor: (session.amountMinor - fee).toString(),
    })
  }
  for (const key of book.state.unsettledRefunds) {
    const refund = book.state.refunds.get(key)
    if (refund === undefined) throw new Error(`There is no refund ${key}.`)
    const gross = (-refund.amountMinor).toString()
    const currency = refund.payment.currency
    lines.push({ kind: 'refund', key, reference: refund.reference, amountMinor: gross, currency, feeMinor: '0', netMinor: gross })
  }
  return new Map(
    [...new Set(lines.map((line) => line.currency))].map((currency) => [currency, lines.filter((line) => line.currency === currency)]),
  )
}

/** The trailer repeats how many lines there are and what they sum to, so a file that was cut short cannot pass for a whole one. */
function csv(
  name: string,
  currency: string,
  at: number,
  lines: readonly SettledLine[],
  sums: { grossMinor: string; feeMinor: string; netMinor: string },
): string {
  const settledAt = new Date(at).toISOString()
  const rows = lines.map((line) =>
    ['line', line.lineReference, line.kind, line.reference, line.amountMinor, line.feeMinor, line.netMinor, settledAt].join(','),
  )
  return [
    ['header', '1', name, currency, settledAt].join(','),
    'type,line_reference,kind,reference,gross_minor,fee_minor,net_minor,settled_at',
    ...rows,
    ['trailer', lines.length, sums.grossMinor, sums.feeMinor, sums.netMinor].join(','),
    '',
  ].join('\n')
}

const sum = (amounts: readonly string[]): string => amounts.reduce((total, amount) => total + BigInt(amount), 0n).toString()
