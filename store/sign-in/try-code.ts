import { timingSafeEqual } from 'node:crypto'
import type { Tx } from '../connection.ts'

/** How often a code may be tried, whoever tries it. */
export const CODE_ATTEMPTS_MAX = 5

export type CodeTry =
  | { readonly outcome: 'signedIn'; readonly citizenId: string }
  | { readonly outcome: 'wrong'; readonly left: number }
  /** Tried too often, used before, expired, or never asked for. */
  | { readonly outcome: 'spent' | 'expired' }

/** Tries a code. Every try is counted before it is compared, so guessing in parallel gains nothing. */
export async function tryCode(tx: Tx, requestId: string, hash: Buffer, now: number): Promise<CodeTry> {
  const rows = await tx<{ citizen_id: string | null; code_hash: Buffer; attempts: number; expires_at: number }[]>`
    update sign_in_codes set attempts = attempts + 1 where request_id = ${requestId} and used_at is null
    returning citizen_id, code_hash, attempts, expires_at`
  const [first] = rows
  if (!first || first.attempts > CODE_ATTEMPTS_MAX) return { outcome: 'spent' }
  if (first.expires_at <= now) return { outcome: 'expired' }
  const found = rows.find((row) => timingSafeEqual(row.code_hash, hash))
  if (!found || found.citizen_id === null)
    return first.attempts === CODE_ATTEMPTS_MAX ? { outcome: 'spent' } : { outcome: 'wrong', left: CODE_ATTEMPTS_MAX - first.attempts }
  await tx`update sign_in_codes set used_at = ${now} where request_id = ${requestId}`
  return { outcome: 'signedIn', citizenId: found.citizen_id }
}
