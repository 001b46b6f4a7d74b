import { notFound } from '../../domain/errors.ts'
import type { BillView } from '../bill-view.ts'
import { readBillViews } from '../bill-view.ts'
import type { Context } from './context.ts'
import { maySee } from './visitor.ts'

/** Leads on to another page. A form is answered so too, so that loading again sends nothing twice. */
export const leadTo = ({ response }: Context, address: string): void => response.redirect(303, address)

/** Sends somebody whom nobody knows to sign in, and back afterwards. */
export const askToSignIn = (context: Context): void =>
  leadTo(context, `/sign-in?next=${encodeURIComponent(context.request.method === 'POST' ? '/bills' : context.request.originalUrl)}`)

/**
 * The bills, if the visitor may see every one of them. Null when nobody is signed in, who might be asked to.
 * @throws GojiError `bill_not_found` for a bill that is somebody else's, as for one that does not exist.
 */
export async function visibleBills(context: Context, ids: readonly string[]): Promise<BillView[] | null> {
  const { root, language, now, visitor } = context
  const wanted = [...new Set(ids)]
  const views = (await readBillViews(root.sql, wanted, language, now)).filter((view) => maySee(visitor, view))
  if (views.length === wanted.length) return views
  if (visitor.session === null) return null
  throw notFound('bill')
}
