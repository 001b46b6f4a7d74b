import { GojiError } from '../../../domain/errors.ts'
import { extendForCitizen } from '../../../store/commands/extend-bill.ts'
import { askToSignIn, leadTo } from '../../http/answers.ts'
import { type Context, fieldsOf } from '../../http/context.ts'
import { isOwnFormKey } from '../../http/form-key.ts'
import { doOnce, ownBill } from './own-bill.ts'

/** Gives the citizen the later due date that the page has shown, at once, if it is still to be had. */
export async function askExtension(context: Context): Promise<void> {
  const { root, visitor, request, now } = context
  const view = await ownBill(context)
  if (view === null) return askToSignIn(context)
  const fields = fieldsOf(request)
  const dueDate = fields.one('dueDate')
  const bill = `/bills/${view.id}`
  if (!isOwnFormKey(root.config, visitor, fields.one('key')) || !/^\d{4}-\d{2}-\d{2}$/.test(dueDate))
    return leadTo(context, `${bill}?said=refused`)
  try {
    await doOnce(context, view, { route: 'POST /bills/extension', words: dueDate }, (tx) =>
      extendForCitizen(tx, { billId: view.id, dueDate }, now),
    )
  } catch (error) {
    if (!(error instanceof GojiError)) throw error
    return leadTo(context, `${bill}?said=refused`)
  }
  leadTo(context, `${bill}?said=extended`)
}
