import type { Currency } from '../../domain/currencies.ts'
import { keysIn } from '../../domain/reference.ts'
import type { BillStatus } from '../../domain/states/bill.ts'
import type { Queryable } from '../connection.ts'
import type { ExceptionRow } from './list-exceptions.ts'

export interface Suggestion {
  id: string
  bill_number: string
  institution_id: string
  status: BillStatus
  currency: Currency
  owed_minor: bigint
  by_reference: boolean
  by_amount: boolean
  by_payer: boolean
}

const SUGGESTIONS_MAX = 10

/** Bills that money nobody could place may be for, those that agree in most ways first. They are looked at by a person. */
export async function suggestBills(sql: Queryable, exception: ExceptionRow): Promise<Suggestion[]> {
  const { currency, gross_minor: minor, line_kind: kind } = exception
  if (currency === null || minor === null || minor <= 0n || kind === 'refund') return []
  const keys = keysIn([...(exception.refs ?? []), exception.text ?? '', exception.subject_reference ?? ''])
  const payer = exception.payer_name ?? ''
  return sql<Suggestion[]>`
    with found as (
      select id from bills where bare(bill_number) = any(${keys}) and currency = ${currency}
      union select b.id from citizen_names n join bills b on b.citizen_id = n.citizen_id where ${payer} <> '' and bare(n.name) = bare(${payer}) and b.currency = ${currency}
        and b.status in ('issued', 'delivered', 'overdue')
      union (select id from bills where currency = ${currency} and status in ('issued', 'delivered', 'overdue')
        and charged_minor - (paid_minor - refunded_minor) - written_off_minor - cancelled_minor = ${minor} order by created_at desc limit 50))
    select * from (
      select b.id, b.bill_number, b.institution_id, b.status, b.currency,
        b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor as owed_minor,
        bare(b.bill_number) = any(${keys}) as by_reference,
        b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor = ${minor} as by_amount,
        ${payer} <> '' and exists (select from citizen_names n where n.citizen_id = b.citizen_id and bare(n.name) = bare(${payer})) as by_payer
      from found join bills b on b.id = found.id) x
    order by by_reference::int + by_amount::int + by_payer::int desc, id limit ${SUGGESTIONS_MAX}`
}
