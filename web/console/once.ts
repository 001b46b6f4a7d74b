import { createHash } from 'node:crypto'
import { GojiError } from '../../domain/errors.ts'
import type { Tx } from '../../store/connection.ts'
import { once } from '../../store/keys/once.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { fieldsOf } from '../http/context.ts'
import { tellEngine } from '../http/tell-engine.ts'
import type { FieldError } from '../parts/pieces.ts'
import { assertOwnForm, type ClerkVisit } from './context.ts'

/**
 * Carries out what a form orders, once however often it is sent, and wakes the bills after the commit.
 * @throws GojiError `form_key_unknown`, `idempotency_key_reused`, and whatever `work` throws; then nothing is done.
 */
export async function doOnce(visit: ClerkVisit, work: (tx: Tx) => Promise<readonly Wake[]>): Promise<void> {
  const { root, request, clerk, now } = visit
  const key = fieldsOf(request).one('key')
  assertOwnForm(visit, key)
  const bytes = Buffer.from(JSON.stringify([request.path, request.body]))
  // The sealed key is longer than the keys of the API, and any name of it is as good.
  const name = createHash('sha256').update(key).digest('base64url')
  let wakes: readonly Wake[] = []
  await once(root.sql, { credential: clerk.key.id, route: 'POST /console', key: name, bytes }, now, async (tx) => {
    wakes = await work(tx)
    return { status: 303, body: '' }
  })
  if (wakes.length > 0) await tellEngine(visit, 'an order of a clerk', () => root.engine.wake(wakes))
}

/**
 * As `doOnce`, where the store may refuse what was ordered: answers what to say beside which field, null where it is done.
 * `fieldOf` names the field of a pointer or of a code; the rest is said beside `otherwise`.
 */
export async function tryOnce(
  visit: ClerkVisit,
  work: (tx: Tx) => Promise<readonly Wake[]>,
  otherwise = 'reason',
  fieldOf: (refusal: { readonly pointer: string; readonly code: string }) => string | undefined = () => undefined,
): Promise<FieldError | null> {
  const { text } = visit
  try {
    await doOnce(visit, work)
    return null
  } catch (error) {
    if (!(error instanceof GojiError) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error
    const field = fieldOf({ pointer: error.pointer ?? '', code: error.code }) ?? otherwise
    return { field, message: text.form.refused[error.code] ?? text.form.refusedOther }
  }
}
