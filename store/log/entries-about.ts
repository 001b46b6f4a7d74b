import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** An entry of a bill's log that is about something of the bill's, such as a payment. */
export interface BillEntry {
  bill_id: string
  seq: number
  at: number
  action: string
  actor: string
  body: string
  /** The latest time in the bill's log so far (milliseconds): by it the entries of several bills stand in one order. */
  reached: number
}

/** Where a page begins: behind this entry, or at the first where it is null. */
export interface EntryPage {
  readonly after: { readonly reached: number; readonly billId: string; readonly seq: number } | null
  readonly limit: number
}

type Fragment = ReturnType<Queryable>

/** What is asked for: queries of the bills whose logs are read, and of what an entry has to name. */
interface About {
  readonly bills: Fragment
  /** Ids, one a row; an entry names them in fields such as `paymentId`. */
  readonly ids: Fragment
}

/**
 * What the logs of the caller's bills say of something, the oldest first. Within a bill the order is that of its log, also
 * where two processes' clocks differ. Whole logs of the few bills are read: they are short.
 */
const entriesAbout = (sql: Queryable, owner: Owner, { bills, ids }: About, { after, limit }: EntryPage): Promise<BillEntry[]> =>
  sql<BillEntry[]>`
    with about as (${ids}), entries as (
      select b.id as bill_id, l.seq, l.at, l.action, l.actor, l.body, max(l.at) over (partition by b.id order by l.seq) as reached
      from bills b join log l on l.subject = 'bill:' || b.id
      where b.id in (${bills}) and ${ownedBy(sql, owner)})
    select * from entries e
    where exists (select from jsonb_each_text(e.body::jsonb) named where (named.key like '%Id' or named.key = 'key') and named.value in (select id from about))
      ${after === null ? sql`` : sql`and (e.reached, e.bill_id, e.seq) > (${after.reached}, ${after.billId}, ${after.seq})`}
    order by e.reached, e.bill_id, e.seq limit ${limit}`

/** Of one thing: what its bills' logs say, a page at a time. */
export type EntriesOf = (sql: Queryable, owner: Owner, id: string, page: EntryPage) => Promise<BillEntry[]>

/** A payment with its refunds and with what of it was kept. Another institution's part of it is not told. */
export const entriesOfPayment: EntriesOf = (sql, owner, id, page) =>
  entriesAbout(
    sql,
    owner,
    {
      bills: sql`
        select bill_id from allocations where payment_id = ${id} union select bill_id from excesses where payment_id = ${id}
        union select bill_id from refunds where payment_id = ${id}`,
      ids: sql`
        select ${id}::text as id union select id from refunds where payment_id = ${id} union select id from excesses where payment_id = ${id}`,
    },
    page,
  )

export const entriesOfRefund: EntriesOf = (sql, owner, id, page) =>
  entriesAbout(sql, owner, { bills: sql`select bill_id from refunds where id = ${id}`, ids: sql`select ${id}::text as id` }, page)

/** Kept money, the bills that took of it, and the refunds that were made of it. */
export const entriesOfExcess: EntriesOf = (sql, owner, id, page) =>
  entriesAbout(
    sql,
    owner,
    {
      bills: sql`
        select bill_id from excesses where id = ${id} union select bill_id from excess_uses where excess_id = ${id} and bill_id is not null`,
      ids: sql`select ${id}::text as id union select refund_id from excess_uses where excess_id = ${id} and refund_id is not null`,
    },
    page,
  )

export const entriesOfObjection: EntriesOf = (sql, owner, id, page) =>
  entriesAbout(sql, owner, { bills: sql`select bill_id from objections where id = ${id}`, ids: sql`select ${id}::text as id` }, page)

/** A delivery is named by its key, which no other of its bill has. */
export const entriesOfDelivery: EntriesOf = (sql, owner, id, page) =>
  entriesAbout(
    sql,
    owner,
    { bills: sql`select bill_id from deliveries where id = ${id}`, ids: sql`select key as id from deliveries where id = ${id}` },
    page,
  )

/** A checkout and the payment that came of it. */
export const entriesOfCheckout: EntriesOf = (sql, owner, id, page) =>
  entriesAbout(
    sql,
    owner,
    {
      bills: sql`select bill_id from checkout_bills where checkout_id = ${id}`,
      ids: sql`select ${id}::text as id union select id from payments where checkout_id = ${id}`,
    },
    page,
  )
