import { notFound } from '../../../domain/errors.ts'
import { isId } from '../../../store/ids.ts'
import { once } from '../../../store/keys/once.ts'
import type { Tx } from '../../../store/connection.ts'
import type { Wake } from '../../../store/unit/with-bills.ts'
import type { BillView } from '../../bill-view.ts'
import { visibleBills } from '../../http/answers.ts'
import { type Context, fieldsOf } from '../../http/context.ts'
import { tellEngine } from '../../http/tell-engine.ts'

/**
 * The bill that the address names, if it is of the citizen who is signed in. Null where nobody is, also for somebody who
 * came by a link: it may have been forwarded, and these are decisions of the citizen's own.
 * @throws GojiError `bill_not_found`.
 */
export async function ownBill(context: Context): Promise<BillView | null> {
  const id = String(context.request.params['id'])
  if (!isId('bill', id)) throw notFound('bill')
  if (context.visitor.session === null) return null
  const [view] = (await visibleBills(context, [id])) ?? []
  if (view?.citizenId !== context.visitor.session.citizenId) throw notFound('bill')
  return view
}

/** Does what a form about a bill asks for, once for its key, and wakes the bill. A repetition changes nothing. */
export async function doOnce(
  context: Context,
  view: BillView,
  form: { readonly route: string; readonly words: string },
  work: (tx: Tx) => Promise<readonly Wake[]>,
): Promise<void> {
  const { root, request, now } = context
  const key = fieldsOf(request).one('key')
  let wakes: readonly Wake[] = []
  const bytes = Buffer.from(JSON.stringify([view.id, form.words]))
  await once(root.sql, { credential: `form:${view.citizenId}`, route: form.route, key, bytes }, now, async (tx) => {
    wakes = await work(tx)
    return { status: 201, body: '{}' }
  })
  if (wakes.length > 0) await tellEngine(context, form.route, () => root.engine.wake(wakes))
}
