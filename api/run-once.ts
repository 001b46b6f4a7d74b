import type { Tx } from '../store/connection.ts'
import { once } from '../store/keys/once.ts'
import type { Wake } from '../store/unit/with-bills.ts'
import type { Call, Reply } from './endpoint.ts'
import { wakeBills } from './wake.ts'

/** What a command answers from inside its transaction. */
export interface Outcome {
  readonly status: number
  readonly body: unknown
  readonly wakes?: readonly Wake[]
}

/** A reply with what came of the key: a repetition says so in a header. */
export type OnceReply = Reply & { readonly replayed: boolean }

/**
 * Runs a command once per Idempotency-Key, in one transaction with its stored answer, and wakes the bills after the
 * commit. A repetition gets the first answer.
 * @throws GojiError `idempotency_key_reused`, and whatever `work` throws; then nothing is stored.
 */
export async function runOnce(
  call: Pick<Call<unknown, unknown, unknown>, 'root' | 'tell' | 'now' | 'keyed'>,
  work: (tx: Tx) => Promise<Outcome>,
): Promise<OnceReply> {
  if (call.keyed === undefined) throw new Error('a command needs an Idempotency-Key')
  let wakes: readonly Wake[] = []
  const { status, body, replayed } = await once(call.root.sql, call.keyed, call.now, async (tx) => {
    const outcome = await work(tx)
    wakes = outcome.wakes ?? []
    return { status: outcome.status, body: JSON.stringify(outcome.body) }
  })
  if (!replayed) await wakeBills(call.tell, wakes)
  return { status, body, replayed, headers: replayHeaders(replayed) }
}

export const replayHeaders = (replayed: boolean): Readonly<Record<string, string>> => (replayed ? { 'Idempotency-Replayed': 'true' } : {})
