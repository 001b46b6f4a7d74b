import type { Tx } from '../connection.ts'
import type { HeldBill } from './held-bill.ts'
import { send } from './transaction.ts'

/** Stops the clocks of a held bill that is not paused; answers the number of the pause. */
export function beginPause(tx: Tx, held: HeldBill, reason: string, now: number): number {
  const { bill, row } = held
  // The clocks of two machines may differ: a pause never reaches back into the one before.
  const from = Math.max(now, ...bill.pauses.map(({ until }) => until ?? 0))
  const seq = bill.pauses.length + 1
  send(
    tx,
    tx`insert into pauses (bill_id, institution_id, seq, reason, from_at) values (${bill.id}, ${row.institution_id}, ${seq}, ${reason}, ${from})`,
  )
  held.change({ pauses: [...bill.pauses, { from, until: null }] })
  return seq
}

/** Lets the clocks go on with exactly the time that was left; does nothing where no pause is open. */
export function endPause(tx: Tx, held: HeldBill, now: number): void {
  const open = held.bill.pauses.find(({ until }) => until === null)
  if (!open) return
  const until = Math.max(now, open.from)
  send(tx, tx`update pauses set until_at = ${until} where bill_id = ${held.bill.id} and until_at is null`)
  held.change({ pauses: held.bill.pauses.map((pause) => (pause === open ? { ...pause, until } : pause)) })
}

/** Is the pause that is open now the one with this number? */
export const isOpenPause = ({ bill }: HeldBill, seq: number | null): boolean =>
  seq !== null && seq === bill.pauses.length && bill.pauses.at(-1)?.until === null
