import type { Currency } from '../../domain/currencies.ts'
import { notFound } from '../../domain/errors.ts'
import type { Language } from '../../domain/ports/channel.ts'
import type { Queryable } from '../connection.ts'

/** What a notice is worded from. Personal data: it goes to the channel and nowhere else. */
export interface NoticeData {
  readonly language: Language
  readonly citizen_name: string | null
  readonly institution_ko: string
  readonly institution_en: string
  readonly policy_ko: string
  readonly policy_en: string
  readonly zone: string
  readonly bill_number: string
  readonly title: string
  readonly details: readonly { readonly label: string; readonly value: string }[]
  readonly currency: Currency
  readonly asks_money: boolean
  /** Above one: this notice replaces one that was shown before. */
  readonly notice_revision: number
  readonly owed_minor: bigint
  /** What paying early saves, and until when (milliseconds, null while it has no end). */
  readonly early_minor: bigint
  readonly early_until: number | null
  readonly status: string
  readonly due_at: number | null
}

/** @throws GojiError `bill_not_found`. */
export async function readNotice(sql: Queryable, billId: string): Promise<NoticeData> {
  const [row] = await sql<NoticeData[]>`
    select c.language, n.name as citizen_name, i.name_ko as institution_ko, i.name_en as institution_en, p.title_ko as policy_ko, p.title_en as policy_en,
      i.zone, b.bill_number, b.title, b.details, b.currency, b.asks_money, b.notice_revision, b.status, b.due_at, b.early_minor, b.early_until,
      b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor as owed_minor
    from bills b join institutions i on i.id = b.institution_id join policies p on p.id = b.policy_id join citizens c on c.id = b.citizen_id
      left join citizen_names n on n.citizen_id = b.citizen_id
    where b.id = ${billId}`
  if (!row) throw notFound('bill')
  return row
}
