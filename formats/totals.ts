import type { Currency } from '../domain/currencies.ts'
import { formatAmount } from '../domain/money.ts'
import type { SettlementFile } from '../domain/ports/gateway.ts'
import type { CamtRecord } from './camt/records.ts'

/** What a file comes to, before anything of it is booked. */
export interface Totals {
  statements: number
  /** Entries as the file counts them, whatever their status. */
  entries: number
  /** Entries that the bank has not booked yet, or only tells of. */
  notBooked: number
  /** Entries whose parts do not make them up. */
  differing: number
  /** What is booked, as the bank signs it. */
  readonly byCurrency: Map<Currency, { credit: bigint; debit: bigint }>
}

const noTotals = (): Totals => ({ statements: 0, entries: 0, notBooked: 0, differing: 0, byCurrency: new Map() })

/** The totals of a bank's file: a reversal counts on the side on which the bank booked it. */
export async function camtTotals(records: AsyncIterable<CamtRecord>): Promise<Totals> {
  const totals = noTotals()
  for await (const record of records) {
    if (record.type === 'statement') totals.statements += 1
    if (record.type !== 'entry') continue
    totals.entries += 1
    const { status, sign, amount, parts } = record.entry
    if (parts === 'differ') totals.differing += 1
    if (status !== 'booked') totals.notBooked += 1
    else add(totals, amount.currency, sign, amount.minor)
  }
  return totals
}

/** The totals of a gateway's file: what reaches the account, after fees, and what leaves it. */
export function settlementTotals(file: SettlementFile): Totals {
  const totals: Totals = { ...noTotals(), statements: 1, entries: file.lines.length }
  for (const { net } of file.lines) add(totals, net.currency, net.minor < 0n ? 'debit' : 'credit', net.minor < 0n ? -net.minor : net.minor)
  return totals
}

function add({ byCurrency }: Totals, currency: Currency, sign: 'credit' | 'debit', minor: bigint): void {
  const sums = byCurrency.get(currency) ?? { credit: 0n, debit: 0n }
  sums[sign] += minor
  byCurrency.set(currency, sums)
}

/** The totals with amounts as they go over the wire, currencies in the order of the alphabet. */
export const totalsView = ({ statements, entries, byCurrency }: Totals) => ({
  statements,
  entries,
  by_currency: Object.fromEntries(
    [...byCurrency]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, { credit, debit }]) => [
        currency,
        { credit: formatAmount({ minor: credit, currency }), debit: formatAmount({ minor: debit, currency }) },
      ]),
  ),
})
