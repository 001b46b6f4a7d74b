import type { Tx } from '../connection.ts'

/** More events than any institution has read after the copy was made. */
const FEED_GAP = 1_000_000_000

/**
 * Notes that the books were put back from a copy of an earlier time. From then on whatever was due before is asked about
 * before it is done. The feed of events goes on far behind the places that somebody may have read and the books have
 * forgotten: a reader who goes on from such a place misses nothing that comes.
 */
export async function recordRestore(tx: Tx, actor: string, now: number): Promise<void> {
  await tx`insert into restores (at, actor) values (${now}, ${actor}) on conflict do nothing`
  await tx`update event_feed set last = last + ${FEED_GAP}`
}
