import { deliveryPlan } from '../../domain/chain.ts'
import type { Currency } from '../../domain/currencies.ts'
import { dueAt } from '../../domain/due-date.ts'
import { formatAmount } from '../../domain/money.ts'
import { nextStep } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import { receivedBill } from '../../domain/received-bill.ts'
import { type BillStatus, isFinalStatus } from '../../domain/states/bill.ts'
import type { Stage } from '../../domain/step.ts'
import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'
import type { Shown } from '../unit/held-bill.ts'
import { policyOf } from '../unit/policies.ts'

/** What the start of a bill's run shows to operators; without personal data. */
export interface BillStart {
  readonly id: string
  /** English name of the institution. */
  readonly institution: string
  readonly policyTitle: string
  /** Decimal, or null for a notice that asks for no money. */
  readonly amount: string | null
  readonly currency: Currency
  readonly channels: readonly string[]
  readonly status: BillStatus
  /**
   * What its run is searched by at its start. A bill that is to be issued at once is shown as it stands a moment later,
   * when its run has issued it: that saves the run from changing it first thing.
   */
  readonly shown: Shown
  /** Facts that no run has read yet. */
  readonly unapplied: readonly string[]
}

interface Row {
  id: string
  institution: string
  title: string
  policy_id: string
  asks_money: boolean
  charged_minor: bigint
  currency: Currency
  issue_at: number
  due_date: string | null
  status: BillStatus
  stage: Stage
  due_at: number | null
  paused: boolean
  unapplied: string[]
  preferred_channels: string[]
  addressed_channels: string[]
}

/** @throws GojiError `bill_not_found`. */
export async function readBillStart(sql: Queryable, billId: string, now: number): Promise<BillStart> {
  const [row] = await sql<Row[]>`
    select b.id, i.name_en as institution, p.title_en as title, b.policy_id, b.asks_money, b.charged_minor, b.currency, b.issue_at, b.due_date, b.status, b.stage, b.due_at,
      exists (select from pauses where bill_id = b.id and until_at is null) as paused, c.preferred_channels,
      array(select channel from citizen_contacts where citizen_id = b.citizen_id) as addressed_channels,
      array(select id from facts where bill_id = b.id and applied_at is null) as unapplied
    from bills b join institutions i on i.id = b.institution_id join policies p on p.id = b.policy_id join citizens c on c.id = b.citizen_id
    where b.id = ${billId}`
  if (!row) throw notFound('bill')
  const policy = await policyOf(sql, row.policy_id)
  const chain = deliveryPlan(policy, {
    preferredChannels: row.preferred_channels,
    addressedChannels: row.addressed_channels,
    deliveries: [],
    noticeRevision: 1,
  })
  return {
    id: row.id,
    institution: row.institution,
    policyTitle: row.title,
    currency: row.currency,
    status: row.status,
    shown: shownAt(row, policy, now),
    unapplied: row.unapplied,
    amount: row.asks_money ? formatAmount({ minor: row.charged_minor, currency: row.currency }) : null,
    channels: chain.map(({ channel }) => channel),
  }
}

function shownAt(row: Row, policy: Policy, now: number): Shown {
  const { status, stage, paused } = row
  // As its run will read it: a final bill has no date and no clocks left.
  if (isFinalStatus(status)) return { status, stage, dueAt: null, paused: false }
  if (status !== 'received' || row.issue_at > now) return { status, stage, dueAt: row.due_at, paused }
  const received = receivedBill({
    currency: row.currency,
    asksMoney: row.asks_money,
    issueAt: row.issue_at,
    dueDate: row.due_date,
    preferredChannels: row.preferred_channels,
    addressedChannels: row.addressed_channels,
    chargedMinor: row.charged_minor,
  })
  const issued = { ...received, status: 'issued', issuedAt: now } as const
  return { status: 'issued', stage: nextStep(issued, policy, now).stage, dueAt: dueAt(issued, policy), paused }
}
