import { formatAmount, parseMoney } from '../../domain/money.ts'
import type { DeliverySums } from '../../store/reports/delivery-sums.ts'

/** One way that notices took, over every policy of the institution. */
interface Way {
  readonly first: DeliverySums
  bills: number
  sent: number
  delivered: number
  read: number
  returned: number
  recalled: number
  costMinor: bigint
  /** What the same bills would have cost as registered letters; null where a policy does not say what one costs. */
  registeredMinor: bigint | null
}

/** The deliveries of a report, by institution, currency and way. */
export function deliveriesView(rows: readonly DeliverySums[]): object[] {
  const ways = new Map<string, Way>()
  for (const row of rows) {
    const key = JSON.stringify([row.name, row.currency, row.path])
    const way = ways.get(key)
    const registered = registeredMinor(row)
    if (way === undefined) {
      const { bills, sent, delivered, read, returned, recalled, cost_minor: costMinor } = row
      ways.set(key, { first: row, bills, sent, delivered, read, returned, recalled, costMinor, registeredMinor: registered })
      continue
    }
    for (const field of ['bills', 'sent', 'delivered', 'read', 'returned', 'recalled'] as const) way[field] += row[field]
    way.costMinor += row.cost_minor
    way.registeredMinor = way.registeredMinor === null || registered === null ? null : way.registeredMinor + registered
  }
  return [...ways.values()].map(wayView)
}

function registeredMinor({ registered_letter: amount, currency, bills }: DeliverySums): bigint | null {
  return amount === null ? null : parseMoney({ amount, currency }).minor * BigInt(bills)
}

function wayView({ first, costMinor, registeredMinor: registered, ...counts }: Way): object {
  const { name, currency, path } = first
  const amount = (minor: bigint): string => formatAmount({ minor, currency })
  const { bills, sent, delivered, read, returned, recalled } = counts
  return {
    institution: name,
    currency,
    path: path.join(' > '),
    bills,
    sent,
    delivered,
    read,
    returned,
    recalled,
    cost: amount(costMinor),
    all_registered_letters: registered === null ? null : amount(registered),
  }
}
