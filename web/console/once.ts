import { createHash } from 'node:crypto'
import type { Tx } from '../../store/connection.ts'
import { once } from '../../store/keys/once.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { fieldsOf } from '../http/context.ts'
import { tellEngine } from '../http/tell-engine.ts'
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
