import { z } from 'zod'
import { isCurrency } from '../../../domain/currencies.ts'
import { type GojiError, invalid } from '../../../domain/errors.ts'
import { type Money, parseMoney } from '../../../domain/money.ts'

export const POSTAGES = ['ordinary', 'registered'] as const
/** How a letter travels. A registered one is handed over to somebody, and the post says when. */
export type Postage = (typeof POSTAGES)[number]

/** What the print house and the post ask for one letter. */
export interface Rates {
  /** Printing one page. */
  readonly page: Money
  readonly postage: Readonly<Record<Postage, Money>>
}

const schema = z.strictObject({
  currency: z.string().refine(isCurrency, 'is no currency'),
  page: z.string(),
  ordinary: z.string(),
  registered: z.string(),
})

const refused = (detail: string): GojiError =>
  invalid(
    'setting_invalid',
    `PAPER_RATES is not usable: ${detail}. It is JSON such as {"currency":"KRW","page":"45","ordinary":"430","registered":"2830"}.`,
  )

/** Reads `PAPER_RATES`. @throws GojiError `setting_invalid`. */
export function parseRates(text: string): Rates {
  const result = schema.safeParse(parseJson(text))
  if (!result.success) throw refused(result.error.issues.map(({ path, message }) => `${path.join('/') || 'it'} ${message}`).join('; '))
  const { currency, page, ordinary, registered } = result.data
  const money = (amount: string): Money => {
    const read = readMoney(amount, currency)
    if (read.minor < 0n) throw refused('a price is below zero')
    return read
  }
  return { page: money(page), postage: { ordinary: money(ordinary), registered: money(registered) } }
}

function readMoney(amount: string, currency: string): Money {
  try {
    return parseMoney({ amount, currency })
  } catch {
    throw refused(`"${amount}" is no amount in ${currency}`)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refused('it is not JSON')
  }
}

/** What a letter costs: its pages and its postage. */
export const costOf = ({ page, postage }: Rates, pages: number, by: Postage): Money => ({
  minor: page.minor * BigInt(pages) + postage[by].minor,
  currency: page.currency,
})
