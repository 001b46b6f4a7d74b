import type { Root } from '../../composition/root.ts'
import type { Tx } from '../../store/connection.ts'
import { insertApiKey, type Scope } from '../../store/keys/insert-api-key.ts'
import type { OnceReply } from '../run-once.ts'
import type { Reply } from '../endpoint.ts'
import { toIsoOrNull } from '../../schemas/time.ts'

/**
 * A key for the answer of a command. The answer that is kept for repetitions has no secret in it; the secret goes into
 * the one answer that made it, and is nowhere afterwards.
 */
export class NewKey {
  #secret: string | null = null

  /** Makes the key inside the command's transaction and answers what may be stored. */
  async make(
    tx: Tx,
    root: Pick<Root, 'config'>,
    input: { institutionId: string; mode: 'test' | 'live'; scopes: readonly Scope[]; expiresAt?: number | null },
    now: number,
  ): Promise<object> {
    const { id, key } = await insertApiKey(tx, { ...input, pepper: root.config.GOJI_PEPPER }, now)
    this.#secret = key
    return { id, mode: input.mode, scopes: input.scopes, expiresAt: toIsoOrNull(input.expiresAt ?? null), secret: null }
  }

  /** Puts the secret into the answer, unless it is that of a repetition. */
  reveal(reply: OnceReply, place: (body: Record<string, unknown>) => Record<string, unknown>): Reply {
    if (reply.replayed) return reply
    const body = JSON.parse(reply.body) as Record<string, unknown>
    place(body)['secret'] = this.#secret
    return { ...reply, body: JSON.stringify(body) }
  }
}
