import { type Bill, principalMinor, unpaidPrincipalMinor } from './bill.ts'
import { addMonths, instantOf, localParts } from './calendar.ts'
import { dueAt } from './due-date.ts'
import { durationMs } from './duration.ts'
import type { Percent, Period } from './fees.ts'
import { parseMoney, percentOf, type Rounding } from './money.ts'
import { after } from './own-time.ts'
import { stoppedBy } from './pause-rules.ts'
import type { Policy } from './policy.ts'

export interface Surcharge {
  /** 1 is the one that comes once, the others come again and again. */
  readonly number: number
  /** When it is due (milliseconds): from this moment on a payment comes too late to avoid it. */
  readonly at: number
  /** Minor units, above zero. */
  readonly minor: bigint
  /** The unpaid principal that it is taken of, in minor units. */
  readonly baseMinor: bigint
  readonly percent: Percent
}

/**
 * The next surcharge of an unpaid bill, or null: nothing is left of the principal, the policy knows no further one, its
 * cap is reached, or its date is unknown because a pause is open or service is not proven.
 */
export function nextSurcharge(bill: Bill, policy: Policy): Surcharge | null {
  const { late } = policy
  const due = dueAt(bill, policy)
  if (late === undefined || due === null) return null
  const number = bill.surcharges + 1
  const baseMinor = unpaidPrincipalMinor(bill)
  const rule = number === 1 ? { percent: late.once } : againRule(number, baseMinor, policy)
  if (rule === null) return null
  const at = number === 1 ? due : afterPeriods(bill, policy, { due, count: number - 1, every: late.again?.every ?? 'P1M' })
  const minor = capped(percentOf(baseMinor, rule.percent, policy.rounding), bill, policy)
  if (at === null || minor <= 0n) return null
  return { number, at: at + 1, minor, baseMinor, percent: rule.percent }
}

function againRule(number: number, baseMinor: bigint, { late }: Policy): { percent: Percent } | null {
  const again = late?.again
  if (again === undefined || number > again.times + 1) return null
  if (again.principalFrom !== undefined && baseMinor < parseMoney(again.principalFrom).minor) return null
  return { percent: again.percent }
}

function capped(minor: bigint, bill: Bill, { late, rounding }: Policy): bigint {
  if (late?.cap === undefined) return minor
  const room = percentOf(principalMinor(bill), late.cap, rounding) - bill.surchargedMinor
  return minor < room ? minor : room
}

/**
 * The end of the `count`th period after the due date, in the bill's own time. Months are those after the due date as it
 * was before any pause, so that a pause moves every one of them by exactly its length.
 */
function afterPeriods(bill: Bill, policy: Policy, { due, count, every }: { due: number; count: number; every: Period }): number | null {
  const pauses = stoppedBy('surcharge', bill, policy)
  if (every !== 'P1M') return after(due, count * durationMs(every), pauses)
  const { zone } = policy.calendar
  const unpaused = dueAt({ ...bill, pauses: [] }, policy) ?? due
  const { date, minutes } = localParts(unpaused, zone)
  return after(due, instantOf(addMonths(date, count), minutes, zone) + (unpaused % 60_000) - unpaused, pauses)
}

/** The bill once the surcharge was taken. */
export const withSurcharge = (bill: Bill, { number, minor }: Surcharge): Bill => ({
  ...bill,
  surcharges: number,
  chargedMinor: bill.chargedMinor + minor,
  surchargedMinor: bill.surchargedMinor + minor,
})

/** A surcharge as it was taken, and how much of its base has been taken back since. */
export interface TakenSurcharge {
  readonly seq: number
  readonly at: number
  readonly minor: bigint
  /** What of the base still stands, in minor units. */
  readonly baseMinor: bigint
  /** The principal that the base is a part of, in minor units: as it was then, or as it was lowered to since. */
  readonly principalMinor: bigint
  readonly percent: Percent
  /** What of the surcharge was taken back already. */
  readonly takenBackMinor: bigint
}

/**
 * What has to be taken back because `paidMinor` had been paid in time and we only heard of it later: what counts is the
 * payment's own time. Each surcharge that was due after it shrinks to what it would have been on the smaller base.
 */
export function takeBack(
  taken: readonly TakenSurcharge[],
  paid: { readonly at: number; readonly minor: bigint },
  rounding: Rounding,
): { readonly seq: number; readonly minor: bigint; readonly baseMinor: bigint }[] {
  return taken.flatMap(({ seq, at, minor, baseMinor, percent, takenBackMinor }) => {
    const part = paid.minor < baseMinor ? paid.minor : baseMinor
    const left = minor - takenBackMinor
    if (at <= paid.at || part <= 0n || left <= 0n) return []
    const rest = percentOf(baseMinor - part, percent, rounding)
    const back = rest < left ? left - rest : 0n
    return [{ seq, minor: back, baseMinor: part }]
  })
}
