import { setTimeout as delay } from 'node:timers/promises'
import type { Institution } from './institution.ts'

/** A bill that was acknowledged. */
export interface LoadedBill {
  readonly id: string
  readonly institution: Institution
  /** Won, whole. */
  readonly won: number
}

export interface SeenBill {
  readonly status: string
  /** Whole won of what was paid and did not go back. */
  readonly kept: string
}

const LOOK_EVERY_MS = 400

/** Null while it cannot be read. */
export async function seeBill({ id, institution }: LoadedBill): Promise<SeenBill | null> {
  const read = await institution.read(`/v1/bills/${id}`)
  if (read === null) return null
  const amounts = read['amounts'] as Record<'paid' | 'refunded', { amount: string }>
  return { status: String(read['status']), kept: String(BigInt(amounts.paid.amount) - BigInt(amounts.refunded.amount)) }
}

/** Waits until the bill is as wished; null when that does not come in time, or the load ends. */
export async function billUntil(
  bill: LoadedBill,
  is: (seen: SeenBill) => boolean,
  ms: number,
  signal: AbortSignal,
): Promise<SeenBill | null> {
  const until = Date.now() + ms
  while (!signal.aborted && Date.now() < until) {
    const seen = await seeBill(bill)
    if (seen !== null && is(seen)) return seen
    await delay(LOOK_EVERY_MS)
  }
  return null
}
