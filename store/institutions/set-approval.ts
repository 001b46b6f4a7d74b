import type { Money } from '../../domain/money.ts'
import { formatAmount } from '../../domain/money.ts'
import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'

/** Sets what one person may give back of a bill, and says so in the institution's log; `null` asks no second person. */
export async function setApproval(
  tx: Tx,
  { institutionId, above, actor }: { readonly institutionId: string; readonly above: Money | null; readonly actor: string },
  now: number,
): Promise<void> {
  const minor = above === null ? null : above.minor
  const changed = await tx`
    update institutions set approval_above_minor = ${minor} where id = ${institutionId} and approval_above_minor is distinct from ${minor}`
  if (changed.count === 0) return
  const body = above === null ? { above: 'off' } : { above: formatAmount(above), currency: above.currency }
  await appendLog(tx, `institution:${institutionId}`, { at: now, action: 'approvalSet', actor, body })
}
