import type { Currency } from '../../domain/currencies.ts'
import { BILL_STATUSES, type BillStatus, isPayable } from '../../domain/states/bill.ts'
import type { Stage } from '../../domain/step.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

const PAYABLE: string[] = BILL_STATUSES.filter(isPayable)

/** A bill in a list: what the row itself knows. */
export interface ListedBill {
  id: string
  institution_id: string
  bill_number: string
  mode: 'test' | 'live'
  title: string
  currency: Currency
  asks_money: boolean
  status: BillStatus
  stage: Stage
  due_at: number | null
  created_at: number
  charged_minor: bigint
  surcharged_minor: bigint
  reduced_minor: bigint
  paid_minor: bigint
  refunded_minor: bigint
  written_off_minor: bigint
  cancelled_minor: bigint
  settled_minor: bigint
  fees_minor: bigint
}

/** Times are milliseconds; what is undefined is not asked for. */
export interface BillFilter {
  readonly status?: BillStatus | undefined
  readonly stage?: Stage | undefined
  readonly billNumber?: string | undefined
  readonly citizenHash?: Buffer | undefined
  readonly dueAfter?: number | undefined
  readonly dueBefore?: number | undefined
  readonly createdAfter?: number | undefined
  readonly createdBefore?: number | undefined
  /** True: past its due date with something left to pay; false: the others. */
  readonly overdue?: boolean | undefined
}

/**
 * Bills the caller owns, the newest first, from the one after `before`. Ids begin with the time of creation, so their
 * order is that of `created_at`, and each institution's index is walked without a sort.
 */
export function listBills(
  sql: Queryable,
  owner: Owner,
  filter: BillFilter,
  page: { before: { createdAt: number; id: string } | null; limit: number; now: number },
): Promise<ListedBill[]> {
  const { before, limit, now } = page
  const { status, stage, billNumber, citizenHash, dueAfter, dueBefore, createdAfter, createdBefore, overdue } = filter
  const late = sql`(b.due_at < ${now} and b.status = any(${PAYABLE})
    and b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor > 0)`
  const none = sql``
  return sql<ListedBill[]>`
    select b.id, b.institution_id, b.bill_number, b.mode, b.title, b.currency, b.asks_money, b.status, b.stage, b.due_at, b.created_at,
      b.charged_minor, b.surcharged_minor, b.reduced_minor, b.paid_minor, b.refunded_minor, b.written_off_minor, b.cancelled_minor, b.settled_minor, b.fees_minor
    from bills b where ${ownedBy(sql, owner)}
      ${before === null ? none : owner.institutionId === null ? sql`and b.id < ${before.id}` : sql`and (b.created_at, b.id) < (${before.createdAt}, ${before.id})`}
      ${status === undefined ? none : sql`and b.status = ${status}`}
      ${stage === undefined ? none : sql`and b.stage = ${stage}`}
      ${billNumber === undefined ? none : sql`and b.bill_number = ${billNumber}`}
      ${citizenHash === undefined ? none : sql`and b.citizen_id = (select id from citizens where identifier_hash = ${citizenHash})`}
      ${dueAfter === undefined ? none : sql`and b.due_at >= ${dueAfter}`}
      ${dueBefore === undefined ? none : sql`and b.due_at < ${dueBefore}`}
      ${createdAfter === undefined ? none : sql`and b.created_at >= ${createdAfter}`}
      ${createdBefore === undefined ? none : sql`and b.created_at < ${createdBefore}`}
      ${overdue === undefined ? none : overdue ? sql`and ${late}` : sql`and ${late} is not true`}
    ${owner.institutionId === null ? sql`order by b.id desc` : sql`order by b.created_at desc, b.id desc`} limit ${limit}`
}
