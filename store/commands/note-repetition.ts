import type { Tx } from '../connection.ts'

/**
 * Records that a message may be shown twice, before it goes out again on a channel that cannot tell a repetition: were
 * it recorded with the answer, an attempt that is cut off, or not wanted any more, would leave nobody who says so.
 */
export async function noteRepetition(tx: Tx, deliveryId: string): Promise<void> {
  await tx`update deliveries set possible_duplicate = true where id = ${deliveryId}`
}
