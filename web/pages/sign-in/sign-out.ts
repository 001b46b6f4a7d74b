import { GojiError } from '../../../domain/errors.ts'
import { leadTo } from '../../http/answers.ts'
import { type Context, fieldsOf } from '../../http/context.ts'
import { isOwnFormKey } from '../../http/form-key.ts'
import { closeSession } from '../../identity/session.ts'

/** Ends the session. Somebody who has none any more is as signed out as can be. */
export async function signOut(context: Context): Promise<void> {
  const { root, visitor, request } = context
  if (visitor.session !== null && !isOwnFormKey(root.config, visitor, fieldsOf(request).one('key'))) {
    throw new GojiError('forbidden', 'form_key_unknown', 'The form is not one of ours.')
  }
  await closeSession(context)
  leadTo(context, '/sign-in?signedOut')
}
