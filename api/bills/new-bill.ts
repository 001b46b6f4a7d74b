import type { Root } from '../../composition/root.ts'
import { endOfDay } from '../../domain/calendar.ts'
import { type Currency, isCurrency } from '../../domain/currencies.ts'
import { invalid } from '../../domain/errors.ts'
import { type Money, parseMoney } from '../../domain/money.ts'
import type { NewBill } from '../../store/commands/create-bill.ts'
import type { InstitutionRow } from '../../store/institutions/read-institution.ts'
import type { ApiKey } from '../../store/keys/find-api-key.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import type { NewBillBody } from '../../schemas/new-bill.ts'

/**
 * What is asked of the store for a new bill.
 * @throws GojiError (invalid) as `parseMoney` does; `amount_not_positive`, `currency_differs`, `currency_unknown`,
 * `currency_twice`, `channel_unknown`, `due_date_before_issue`, `valid_until_before_issue`, `valid_until_without_amount`.
 */
export function newBill(
  body: NewBillBody,
  context: { root: Pick<Root, 'adapters' | 'config'>; caller: ApiKey; actor: string; institution: InstitutionRow; now: number },
): NewBill {
  const { root, caller, actor, institution, now } = context
  const amount = amountOf(body)
  const issueAt = body.issueAt === undefined ? now : Date.parse(body.issueAt)
  if (body.dueDate !== undefined && endOfDay(body.dueDate, institution.zone) < issueAt) {
    throw invalid('due_date_before_issue', 'The due date lies before the time of issue. Give a later one, or issue earlier.', '/dueDate')
  }
  const { identifier, name, language, zone, contacts } = body.citizen
  contacts.forEach(({ channel }, index) => {
    if (!root.adapters.channelNames.includes(channel)) {
      throw invalid(
        'channel_unknown',
        `There is no such channel here. There are: ${root.adapters.channelNames.join(', ') || 'none'}.`,
        `/citizen/contacts/${index}/channel`,
      )
    }
  })
  return {
    institutionId: institution.id,
    mode: caller.mode,
    billNumber: body.billNumber,
    policy: body.policy,
    title: body.title,
    details: body.details,
    amount,
    currency: currencyOf(body, amount, institution.currency),
    dueDate: body.dueDate ?? null,
    validUntil: validUntilOf(body, institution.zone, issueAt),
    issueAt,
    actor,
    citizen: {
      identifierHash: keyedHash(root.config.GOJI_PEPPER, 'citizen', identifier),
      name: name ?? null,
      language,
      zone: zone ?? null,
      contacts,
    },
  }
}

function validUntilOf({ validUntil, amount }: NewBillBody, zone: string, issueAt: number): string | null {
  if (validUntil === undefined) return null
  if (amount === null)
    throw invalid(
      'valid_until_without_amount',
      'A notice that asks for no money is not paid, so it has no end of its own. Leave it out.',
      '/validUntil',
    )
  if (endOfDay(validUntil, zone) < issueAt)
    throw invalid('valid_until_before_issue', 'The end lies before the time of issue. Give a later one, or issue earlier.', '/validUntil')
  return validUntil
}

function amountOf(body: NewBillBody): Money | null {
  if (body.amount === null) return null
  if (body.currency !== undefined) throw invalid('currency_twice', 'The amount has its currency already. Leave this one out.', '/currency')
  const amount = parseMoney(body.amount, '/amount')
  if (amount.minor <= 0n)
    throw invalid(
      'amount_not_positive',
      'A bill asks for an amount above zero. A notice that asks for nothing has the amount null.',
      '/amount/amount',
    )
  return amount
}

/** Books of an institution are in one currency, so that its sums mean something. */
function currencyOf(body: NewBillBody, amount: Money | null, currency: Currency): Currency {
  const given = amount?.currency ?? body.currency ?? currency
  const pointer = amount === null ? '/currency' : '/amount/currency'
  if (!isCurrency(given))
    throw invalid('currency_unknown', 'The currency is not one Goji takes. Use an ISO 4217 code in capitals, such as KRW or GBP.', pointer)
  if (given !== currency) throw invalid('currency_differs', `The institution's bills are in ${currency}.`, pointer)
  return currency
}
