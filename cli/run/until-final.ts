import { setTimeout as delay } from 'node:timers/promises'
import type { Goji } from '../../client/index.ts'
import { type Duration, durationMs } from '../../domain/duration.ts'
import { GojiError, invalid } from '../../domain/errors.ts'
import type { Mapping } from './mapping.ts'
import type { Report } from './report.ts'

const LOOK_EVERY_MS = 500
/** Looking takes no more than this part of the engine's time, however slow it is. */
const LOOK_SHARE = 0.05
/** Beyond the policy's own clocks, nothing may stand still for longer. */
const PATIENCE_MS = 5 * 60_000
/** Policies with longer clocks are for people, not for a run that waits for every bill. */
const CLOCKS_MS_MAX = 3_600_000
const OPEN_STATUSES = ['received', 'issued', 'delivered', 'overdue', 'paid'] as const

/**
 * Refuses policies under which the run would wait for weeks for the bills that nobody pays.
 * @throws GojiError `policy_too_slow` naming the policy.
 */
export function refuseSlowPolicies({ policies, citizens }: Mapping, used: ReadonlySet<string>): void {
  const { open, ignore, payLate } = citizens.behaviours
  const slow = [...used].find((name) => clocksMs(policies[name]) > CLOCKS_MS_MAX)
  if (slow === undefined || open + ignore + payLate === 0) return
  throw invalid(
    'policy_too_slow',
    `The run waits until every bill is final, and under the policy "${slow}" of the mapping that takes more than an hour for a bill that nobody pays. Shorten its due.after and handBackAfter to minutes, such as PT60S.`,
  )
}

/** Milliseconds in which a bill that nobody pays comes to its end. */
function clocksMs(policy: Mapping['policies'][string] | undefined): number {
  return policy ? durationMs(policy.due.after as Duration) + durationMs(policy.handBackAfter as Duration) : 0
}

export interface FinalWatch {
  readonly operator: Goji
  readonly mapping: Mapping
  /** Ids of the bills that have to become final, as far as they are loaded. */
  readonly bills: ReadonlySet<string>
  /** Whether all are loaded and everybody has acted: not before that is anything at its end. */
  readonly complete: () => boolean
  /** Bills of the same institutions that were open before ours came. */
  readonly openBefore: number
  /** Reads the report of the institutions. */
  readonly report: () => Promise<Report>
  readonly onLook: (report: Report) => void
  readonly signal: AbortSignal
}

/**
 * Waits until every bill is final, by the report's counts: cheap, whatever the number of bills.
 * @throws GojiError `bills_stuck` when nothing moves for longer than any policy's clocks.
 */
export async function untilFinal(watch: FinalWatch): Promise<Report> {
  const clocks = Object.values(watch.mapping.policies).map(clocksMs)
  const patience = PATIENCE_MS + Math.max(0, ...clocks.filter((ms) => ms <= CLOCKS_MS_MAX))
  let final = -1
  let since = performance.now()
  for (;;) {
    // Asked before the report is: what happens in between is in a later one.
    const complete = watch.complete()
    const asked = performance.now()
    const report = await watch.report()
    const took = performance.now() - asked
    watch.onLook(report)
    const open = report.bills - report.final
    if (complete && (open === 0 || (open <= watch.openBefore && !(await anyOpen(watch))))) return report
    if (report.final !== final) {
      final = report.final
      since = performance.now()
    } else if (performance.now() - since > patience) {
      throw new GojiError(
        'conflict',
        'bills_stuck',
        `${open} bills are not final and none has moved for ${Math.round(patience / 60_000)} minutes. Look at one of them: goji bills list --status paid, or overdue.`,
      )
    }
    await delay(Math.max(LOOK_EVERY_MS, took / LOOK_SHARE), undefined, { signal: watch.signal })
  }
}

/** Other bills of the institutions may stay open for weeks, so the last word has the list. */
async function anyOpen({ operator, bills }: FinalWatch): Promise<boolean> {
  for (const status of OPEN_STATUSES) {
    for await (const { id } of operator.list('/v1/bills', { query: { status } })) if (bills.has(id)) return true
  }
  return false
}
