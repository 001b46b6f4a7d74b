import { type Bill, isPaused } from '../domain/bill.ts'
import { dueAt } from '../domain/due-date.ts'
import { type EarlyOffer, earlyOffer, settlesFor } from '../domain/early-payment.ts'
import { expiresAt } from '../domain/expiry.ts'
import { type Forecast, forecast } from '../domain/plan.ts'
import type { Language } from '../domain/ports/channel.ts'
import { type Policy } from '../domain/policy.ts'
import { isPayable } from '../domain/states/bill.ts'
import { billFaces } from '../store/bills/bill-faces.ts'
import type { Queryable } from '../store/connection.ts'
import { type BillRow, toBill } from '../store/unit/bill-row.ts'
import { policyOf } from '../store/unit/policies.ts'
import { selectBills } from '../store/unit/select-bills.ts'

/** A bill as a page shows it, in the reader's language. */
export interface BillView {
  readonly id: string
  readonly citizenId: string
  readonly institutionId: string
  readonly number: string
  readonly mode: 'test' | 'live'
  readonly title: string
  readonly institution: string
  /** What kind of bill it is. */
  readonly kind: string
  readonly details: readonly { readonly label: string; readonly value: string }[]
  readonly zone: string
  readonly bill: Bill
  readonly policy: Policy
  /** What pays it in full now: what is owed, less what paying early saves. */
  readonly owedMinor: bigint
  /** What paying early saves, while it does. */
  readonly early: EarlyOffer | null
  /** Milliseconds; null where nobody can say yet. */
  readonly dueAt: number | null
  /** Every step to come, if nothing happens. */
  readonly coming: readonly Forecast[]
  readonly payable: boolean
  readonly paused: boolean
  /** The payment that holds the bill now. */
  readonly checkoutId: string | null
}

/** Reads bills in the order of `ids`: two statements, however many they are. Those not issued yet are nobody's to see. */
export async function readBillViews(sql: Queryable, ids: readonly string[], language: Language, now: number): Promise<BillView[]> {
  if (ids.length === 0) return []
  const [rows, faces] = await Promise.all([selectBills(sql, ids), billFaces(sql, ids)])
  const views = await Promise.all(
    rows
      .filter(({ status }) => status !== 'received')
      .map(async (row): Promise<[string, BillView]> => {
        const face = faces.find(({ id }) => id === row.id)
        if (!face) throw new Error(`bill ${row.id} has no institution`)
        const ko = language === 'ko'
        const { title, details, zone } = face
        const words = {
          title,
          details,
          zone,
          institution: ko ? face.institution_ko : face.institution_en,
          kind: ko ? face.policy_ko : face.policy_en,
        }
        return [row.id, { ...words, ...planOf(row, await policyOf(sql, row.policy_id), now) }]
      }),
  )
  const byId = new Map(views)
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function planOf(row: BillRow, policy: Policy, now: number) {
  const bill = toBill(row)
  const owed = settlesFor(bill, policy, now)
  const early = earlyOffer(bill, policy)
  return {
    id: row.id,
    citizenId: row.citizen_id,
    institutionId: row.institution_id,
    number: row.bill_number,
    mode: row.mode,
    checkoutId: row.checkout_id,
    bill,
    policy,
    owedMinor: owed,
    early: early !== null && (early.until === null || early.until >= now) ? early : null,
    dueAt: dueAt(bill, policy),
    coming: forecast(bill, policy, now),
    payable: isPayable(bill.status) && owed > 0n && (expiresAt(bill, policy) ?? Infinity) >= now,
    paused: isPaused(bill),
  }
}
