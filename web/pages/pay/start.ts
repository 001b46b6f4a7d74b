import { type BeginCheckout, startCheckout } from '../../../composition/start-checkout.ts'
import { conflict, GojiError, invalid } from '../../../domain/errors.ts'
import type { Money } from '../../../domain/money.ts'
import { readCheckout } from '../../../store/checkouts/checkout-row.ts'
import { beginCheckout } from '../../../store/commands/begin-checkout.ts'
import { isId } from '../../../store/ids.ts'
import { once } from '../../../store/keys/once.ts'
import type { BillView } from '../../bill-view.ts'
import { askToSignIn, leadTo, visibleBills } from '../../http/answers.ts'
import { type Context, fieldsOf } from '../../http/context.ts'
import { isOwnFormKey } from '../../http/form-key.ts'
import { showPayment } from './page.ts'
import { readParts } from './parts.ts'

/** Starts the payment that a form asks for, once, and leads to the gateway's page, or to ours that waits for it. */
export async function startPayment(context: Context): Promise<void> {
  const { root, text, visitor, language, request } = context
  const fields = fieldsOf(request)
  const [billIds, key, total] = [fields.all('bill').filter((id) => isId('bill', id)), fields.one('key'), fields.one('total')]
  if (billIds.length === 0) return leadTo(context, '/bills')
  if (!isOwnFormKey(root.config, visitor, key)) return showPayment(context, billIds, text.pay.expired)
  const views = await visibleBills(context, billIds)
  const citizenId = payerOf(views)
  if (views === null || citizenId === null) return askToSignIn(context)
  const amounts = readParts(views, fields.one)
  if (amounts === null) return showPayment(context, billIds, text.pay.partMalformed)
  const input = {
    citizenId,
    billIds,
    amounts,
    gateway: root.config.GOJI_GATEWAY,
    perHour: root.config.GOJI_LIMIT_CHECKOUTS,
    language,
    returnPath: '/checkouts/{id}/return',
    actor: 'citizen',
  }
  try {
    const { checkoutId, url } = await startCheckout(
      root,
      input,
      beginOnce(context, { citizenId, key, total: expectedTotal(total, views, amounts), said: saidBy(total, billIds, amounts) }),
    )
    leadTo(context, url ?? `/checkouts/${checkoutId}`)
  } catch (error) {
    const reason = error instanceof GojiError ? reasonOf(error, context) : undefined
    if (reason === undefined) throw error
    if ((error as Error).cause !== undefined)
      context.log.warn({ cause: String((error as Error).cause) }, 'an older payment could not be ended')
    await showPayment(context, billIds, reason)
  }
}

/** Whose bills they are. Null when nobody is signed in. @throws GojiError when they are of several people. */
function payerOf(views: readonly BillView[] | null): string | null {
  const [payer, ...others] = new Set(views?.map(({ citizenId }) => citizenId))
  if (others.length > 0) throw invalid('payers_differ', 'One payment is for the bills of one person.', '/bills')
  return payer ?? null
}

/** What the form said, by which a second click is known, whatever has become of the bills by then. */
const saidBy = (total: string, billIds: readonly string[], amounts: ReadonlyMap<string, Money>): string =>
  JSON.stringify([total, [...billIds].sort().map((id) => [id, amounts.get(id)?.minor.toString() ?? null])])

/** The total that was shown, less what the citizen chose not to pay yet. */
function expectedTotal(shown: string, views: readonly BillView[], amounts: ReadonlyMap<string, Money>): string {
  const [minor = '', currency = ''] = shown.split(' ')
  if (!/^[0-9]{1,15}$/.test(minor)) return shown
  const left = views.reduce((sum, { id, owedMinor }) => sum + owedMinor - (amounts.get(id)?.minor ?? owedMinor), 0n)
  return `${BigInt(minor) - left} ${currency}`
}

/** The form's key makes a second click the same payment; an amount that is not the one shown starts none. */
const beginOnce =
  ({ root }: Context, form: { citizenId: string; key: string; total: string; said: string }): BeginCheckout =>
  async (input, now) => {
    const bytes = Buffer.from(form.said)
    const { body } = await once(
      root.sql,
      { credential: `form:${form.citizenId}`, route: 'POST /checkouts', key: form.key, bytes },
      now,
      async (tx) => {
        const { checkoutId } = await beginCheckout(tx, input, now)
        const { amount_minor: amount, currency } = await readCheckout(tx, checkoutId)
        if (`${amount} ${currency}` !== form.total) throw conflict('amount_changed', 'The amount is no longer the one that was shown.')
        return { status: 201, body: JSON.stringify({ checkoutId }) }
      },
    )
    return JSON.parse(body) as { checkoutId: string }
  }

function reasonOf({ code }: GojiError, { text }: Context): string | undefined {
  if (code === 'amount_changed') return text.pay.amountChanged
  if (code === 'idempotency_key_reused') return text.pay.expired
  return text.pay.refused[code]
}
