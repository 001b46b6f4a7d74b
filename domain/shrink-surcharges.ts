import { parseMoney, percentOf } from './money.ts'
import type { Policy } from './policy.ts'
import type { TakenSurcharge } from './surcharge.ts'

/** An amendment to a lower amount, in minor units. */
interface Lowered {
  /** What the bill asks for itself from now on. */
  readonly to: bigint
  /** Surcharges of the bill that are none of these and stay: they take their room below the cap. */
  readonly othersMinor?: bigint
}

/**
 * What has to be taken back of a bill's surcharges, the first of them first, because its principal should have been lower from
 * the start: each shrinks to what it would have been then, and together they stay below the cap of the lower principal. The
 * base of each is lower by what its own principal was too high, so that one which was taken before an increase stays.
 */
export function shrink(
  taken: readonly TakenSurcharge[],
  { to, othersMinor = 0n }: Lowered,
  policy: Policy,
): { readonly seq: number; readonly minor: bigint }[] {
  const rights = rightful(taken, to, othersMinor, policy)
  // By rounding alone, one that the cap had cut short may have room for more than it has: those before it stay higher by that.
  let carried = 0n
  const backs: { seq: number; minor: bigint }[] = []
  for (const [index, one] of [...taken.entries()].reverse()) {
    const left = leftOf(one)
    const right = (rights[index] ?? 0n) + carried
    const stays = right < left ? right : left
    carried = right - stays
    if (stays < left) backs.unshift({ seq: one.seq, minor: left - stays })
  }
  return backs
}

/** What of a surcharge has not been taken back, in minor units. */
export const leftOf = ({ minor, takenBackMinor }: TakenSurcharge): bigint => minor - takenBackMinor

/** What each of them would have been. One that would not have come has none after it, as the next one waits for it. */
function rightful(taken: readonly TakenSurcharge[], to: bigint, othersMinor: bigint, { late, rounding }: Policy): bigint[] {
  const from = late?.again?.principalFrom
  const least = from === undefined ? 0n : parseMoney(from).minor
  let room = late?.cap === undefined ? null : percentOf(to, late.cap, rounding) - othersMinor
  let ended = false
  return taken.map((one, index) => {
    const tooHigh = one.principalMinor > to ? one.principalMinor - to : 0n
    const base = one.baseMinor - tooHigh
    // The first one comes once, whatever the principal; the others only from the policy's least one.
    ended ||= tooHigh > 0n && (base <= 0n || (index > 0 && base < least))
    const whole = ended ? 0n : tooHigh === 0n ? leftOf(one) : percentOf(base, one.percent, rounding)
    const minor = room !== null && room < whole ? room : whole
    ended ||= minor <= 0n
    if (ended) return 0n
    if (room !== null) room -= minor
    return minor
  })
}
