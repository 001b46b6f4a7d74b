import { isFinalStatus, type BillStatus } from '../../domain/states/bill.ts'
import type { Sql } from '../../store/connection.ts'
import { type BookedBill, bookedBills, bookedCheckouts, openBills, openCheckouts } from '../../store/diagnosis/booked.ts'
import type { OpenRun, Runs } from './runs.ts'

/**
 * What Temporal and the books do not say alike. `forgotten`: a run whose bill or checkout the books do not know; `behind`:
 * the run knows more of its bill than the books; `lost`: something is open in the books and has no run; `underWay`: a
 * checkout that only its gateway can tell more of. The first two show books that are older than Temporal, the third the reverse.
 */
export type DifferenceKind = 'forgotten' | 'behind' | 'lost' | 'underWay'

export interface Difference {
  /** `bill:<id>` or `checkout:<id>`. */
  readonly subject: string
  readonly kind: DifferenceKind
  /** What the run last knew; null where there is none. */
  readonly run: string | null
  /** What the books say; null where they know nothing. */
  readonly books: string | null
}

export interface DifferencePage {
  readonly looked: number
  readonly differences: readonly Difference[]
  /** Leads to the next page; null after the last. */
  readonly next: string | null
}

/** What happened this recently may be on its way: to its run, or to what Temporal answers of it. */
const SETTLED_MS = 30_000
/** In the order in which a debt goes; what takes it back wakes the run, so a run that is further than its books has seen more. */
const REACHED: Readonly<Record<BillStatus, number>> = {
  received: 0,
  // A run starts as its bill stands once it is issued.
  issued: 0,
  delivered: 2,
  overdue: 3,
  paid: 4,
  settled: 5,
  cancelled: 6,
  writtenOff: 6,
  handedBack: 6,
  concluded: 6,
}

interface Place {
  readonly sql: Sql
  readonly runs: Runs
  readonly now: number
  readonly limit: number
  /** Also every checkout that has not ended. */
  readonly underWay: boolean
}

/**
 * One page of the comparison, from `position`; null begins it. First the runs are looked at, then the open bills, then the
 * checkouts. Nothing is changed.
 */
export async function compare(place: Place, position: string | null): Promise<DifferencePage> {
  const rest = position?.slice(1) ?? ''
  if (position?.startsWith('b')) return lostBills(place, rest)
  if (position?.startsWith('c')) return lostCheckouts(place, rest)
  const { runs, next } = await place.runs.page(rest, place.limit)
  const settled = runs.filter(({ startedAt }) => startedAt < place.now - SETTLED_MS)
  const differences = [...(await ofBills(place, settled)), ...(await ofCheckouts(place, settled))]
  return { looked: runs.length, differences, next: next === '' ? 'b' : `r${next}` }
}

const idsOf = (runs: readonly OpenRun[], kind: string): string[] =>
  runs.flatMap(({ subject }) => (subject.startsWith(kind) ? [subject.slice(kind.length)] : []))

async function ofBills({ sql, now }: Place, runs: readonly OpenRun[]): Promise<Difference[]> {
  const known = new Map((await bookedBills(sql, idsOf(runs, 'bill:'))).map((bill) => [`bill:${bill.id}`, bill]))
  return runs
    .filter(({ subject }) => subject.startsWith('bill:'))
    .flatMap((run): Difference[] => {
      const bill = known.get(run.subject)
      const knew = wordsOf(run.stage ?? 'issue', run.status ?? 'received', run.paused ?? false)
      if (bill === undefined) return [{ subject: run.subject, kind: 'forgotten', run: knew, books: null }]
      if (bill.changed_at >= now - SETTLED_MS || !isAhead(run, bill)) return []
      return [{ subject: run.subject, kind: 'behind', run: knew, books: booked(bill) }]
    })
}

function isAhead({ stage, status, paused }: OpenRun, bill: BookedBill): boolean {
  const reached = status === undefined ? 0 : REACHED[status]
  const elsewhere = stage !== undefined && stage !== bill.stage && bill.status !== 'received'
  return elsewhere || reached > REACHED[bill.status] || (paused ?? false) !== isPaused(bill)
}

const isPaused = ({ pause_open: open, status }: BookedBill): boolean => open && !isFinalStatus(status)
const booked = (bill: BookedBill): string => wordsOf(bill.stage, bill.status, isPaused(bill))
const wordsOf = (stage: string, status: string, paused: boolean): string => `${status}, stage ${stage}${paused ? ', paused' : ''}`

async function ofCheckouts({ sql }: Place, runs: readonly OpenRun[]): Promise<Difference[]> {
  const ids = idsOf(runs, 'checkout:')
  const known = new Set((await bookedCheckouts(sql, ids)).map(({ id }) => id))
  return ids.filter((id) => !known.has(id)).map((id) => ({ subject: `checkout:${id}`, kind: 'forgotten', run: 'under way', books: null }))
}

async function lostBills({ sql, runs, now, limit }: Place, after: string): Promise<DifferencePage> {
  const bills = await openBills(sql, { after, before: now - SETTLED_MS, limit })
  const lost = new Set(await runs.without(bills.map(({ id }) => `bill:${id}`)))
  const differences = bills
    .filter(({ id }) => lost.has(`bill:${id}`))
    .map((bill): Difference => ({ subject: `bill:${bill.id}`, kind: 'lost', run: null, books: booked(bill) }))
  const last = bills.at(-1)?.id
  return { looked: bills.length, differences, next: bills.length === limit && last !== undefined ? `b${last}` : 'c' }
}

async function lostCheckouts({ sql, runs, now, limit, underWay }: Place, after: string): Promise<DifferencePage> {
  const checkouts = await openCheckouts(sql, { after, before: now - SETTLED_MS, limit })
  const lost = new Set(await runs.without(checkouts.map(({ id }) => `checkout:${id}`)))
  const differences = checkouts.flatMap(({ id, state }): Difference[] => {
    const subject = `checkout:${id}`
    if (lost.has(subject)) return [{ subject, kind: 'lost', run: null, books: state }]
    return underWay ? [{ subject, kind: 'underWay', run: 'under way', books: state }] : []
  })
  const last = checkouts.at(-1)?.id
  return { looked: checkouts.length, differences, next: checkouts.length === limit && last !== undefined ? `c${last}` : null }
}
