import type { Goji, Schemas } from '../../client/index.ts'
import { type Currency } from '../../domain/currencies.ts'
import { formatAmount, parseMoney } from '../../domain/money.ts'
import { grouped } from '../money.ts'
import { type Column, table } from '../output.ts'

const SUMS = ['issued', 'paid', 'refunded', 'settled', 'written_off', 'cancelled', 'outstanding'] as const

/** `GET /v1/reports`, in its own words. */
type WholeReport = Schemas['Report']
/** What a run compares: bills and money. How the notices went out is asked for with `goji report`. */
export type Report = Omit<WholeReport, 'deliveries'>
export type InstitutionReport = Report['institutions'][number]

/**
 * The report of some institutions as one. Where the engine has bills of others too, a payment of several institutions'
 * bills counts once for each.
 * @param institutions their names in English, by id.
 */
export async function reportOn(operator: Goji, institutions: ReadonlyMap<string, string>): Promise<Report> {
  const whole = await sums(operator)
  const names = new Set(institutions.values())
  if (whole.institutions.every(({ name }) => names.has(name))) return whole
  const reports = await Promise.all([...institutions.keys()].map((institution) => sums(operator, institution)))
  return {
    bills: reports.reduce((sum, { bills }) => sum + bills, 0),
    final: reports.reduce((sum, { final }) => sum + final, 0),
    ledger_balanced: reports.every(({ ledger_balanced: balanced }) => balanced),
    institutions: reports.flatMap((report) => report.institutions).sort((a, b) => (a.name < b.name ? -1 : 1)),
    payments_by_method: reports.map((report) => report.payments_by_method).reduce(addMethods, {}),
  }
}

async function sums(operator: Goji, institution?: string): Promise<Report> {
  const { deliveries: _, ...report } = await operator.get('/v1/reports', { query: { institution } })
  return report
}

function addMethods(total: Report['payments_by_method'], more: Report['payments_by_method']): Report['payments_by_method'] {
  const sum = { ...total }
  for (const [method, { payments, amount, currency }] of Object.entries(more)) {
    const known = sum[method]
    sum[method] = known
      ? { payments: known.payments + payments, amount: add(known.amount, amount, currency), currency }
      : { payments, amount, currency }
  }
  return sum
}

function add(one: string, other: string, currency: string): string {
  const minor = parseMoney({ amount: one, currency }).minor + parseMoney({ amount: other, currency }).minor
  return formatAmount({ minor, currency: currency as Currency })
}

/** The report for people: a line per institution, and how the money came. */
export function reportText(report: Report & Partial<Pick<WholeReport, 'deliveries'>>): string {
  const sum = (name: (typeof SUMS)[number]): Column<InstitutionReport> => ({
    title: name.replace('_', ' '),
    value: (row) => (row[name].bills === 0 ? '-' : `${row[name].bills}: ${grouped(row[name].amount)}`),
    right: true,
  })
  const institutions = table(report.institutions, [
    { title: 'institution', value: ({ name }) => name },
    { title: '', value: ({ currency }) => currency },
    ...SUMS.map(sum),
  ])
  const methods = table(Object.entries(report.payments_by_method), [
    { title: 'paid by', value: ([method]) => method },
    { title: 'payments', value: ([, { payments }]) => String(payments), right: true },
    { title: 'amount', value: ([, { amount, currency }]) => `${grouped(amount)} ${currency}`, right: true },
  ])
  const books = report.ledger_balanced ? 'The ledger is balanced.' : 'THE LEDGER IS NOT BALANCED.'
  return `${institutions}\n\n${methods}${deliveriesText(report.deliveries ?? [])}\n\n${report.final} of ${report.bills} bills are final. ${books}`
}

/** How the notices went out, and what that cost beside registered letters for all. */
function deliveriesText(ways: WholeReport['deliveries']): string {
  if (ways.length === 0) return ''
  const count = (name: 'bills' | 'sent' | 'delivered' | 'read' | 'returned' | 'recalled'): Column<WholeReport['deliveries'][number]> => ({
    title: name,
    value: (way) => String(way[name]),
    right: true,
  })
  const rows = table(ways, [
    { title: 'institution', value: ({ institution }) => institution },
    { title: 'sent by', value: ({ path }) => path },
    ...(['bills', 'sent', 'delivered', 'read', 'returned', 'recalled'] as const).map(count),
    { title: 'cost', value: ({ cost, currency }) => `${grouped(cost)} ${currency}`, right: true },
    { title: 'all registered', value: ({ all_registered_letters: all }) => (all === null ? '-' : grouped(all)), right: true },
  ])
  return `\n\n${rows}`
}
