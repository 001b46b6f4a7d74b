import { type Currency, exponentOf } from '../domain/currencies.ts'
import { GojiError } from '../domain/errors.ts'
import { formatAmount, parseMoney } from '../domain/money.ts'
import { type Cell, textOf } from './cell.ts'

/** How a file writes amounts. `plain`: exactly as the API takes them. The others may have a currency sign. */
export const AMOUNT_FORMATS = ['plain', '1,234.50', '1.234,50'] as const
export type AmountFormat = (typeof AMOUNT_FORMATS)[number]

/** `exact`: exactly the digits of the currency. `upTo`: fewer, which are filled up with zeros (`11.6` is `11.60`). */
export const DECIMALS = ['exact', 'upTo'] as const

export interface AmountReading {
  readonly amountFormat: AmountFormat
  readonly decimals: (typeof DECIMALS)[number]
  readonly currency: Currency
}

/** What is wrong with an amount, in words that follow the column's name. */
export interface AmountProblem {
  readonly code: string
  readonly message: string
}

const SIGNS: Readonly<Record<string, readonly string[]>> = {
  KRW: ['₩', '￦', '원'],
  JPY: ['¥', '￥', '円', '엔'],
  CNY: ['¥', '￥', '元'],
  GBP: ['£'],
  EUR: ['€'],
  USD: ['$'],
}
const GROUPED: Record<Exclude<AmountFormat, 'plain'>, RegExp> = {
  '1,234.50': /^(-?)(\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.(\d{1,20}))?$/,
  '1.234,50': /^(-?)(\d{1,3}(?:\.\d{3}){1,5}|\d{1,18})(?:,(\d{1,20}))?$/,
}
const LENGTH_MAX = 40

/** The amount in the wire's form, or what is wrong with it. Nothing is ever rounded. */
export function readAmount(cell: Cell, reading: AmountReading): { amount: string } | AmountProblem {
  const { currency } = reading
  const text = textOf(cell)
  const plain = typeof cell === 'string' ? plainText(text, reading) : cell.kind === 'number' ? filled(text, currency) : text
  try {
    const money = parseMoney({ amount: plain ?? text, currency })
    if (money.minor > 0n) return { amount: formatAmount(money) }
    return { code: 'amount_not_positive', message: `"${text}" is not above zero. Take the row out if nothing is owed.` }
  } catch (error) {
    if (!(error instanceof GojiError)) throw error
    const how =
      typeof cell !== 'string' || reading.amountFormat === 'plain'
        ? error.message
        : `The mapping says ${reading.amountFormat}. ${error.message}`
    return { code: error.code, message: `"${text.slice(0, LENGTH_MAX)}" cannot be read. ${how}` }
  }
}

/** A text in the wire's form; null where it is not written as the mapping says. */
function plainText(text: string, { amountFormat, decimals, currency }: AmountReading): string | null {
  if (amountFormat === 'plain') return decimals === 'exact' ? text : filled(text, currency)
  if (text.length > LENGTH_MAX) return null
  const parts = GROUPED[amountFormat].exec(unsigned(text, currency))
  if (!parts) return null
  const [, minus = '', whole = '', fraction] = parts
  const plain = `${minus}${whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')}${fraction === undefined ? '' : `.${fraction}`}`
  return decimals === 'exact' ? plain : filled(plain, currency)
}

/** Without a currency sign before or after it; the sign of another currency stays and is refused. */
function unsigned(text: string, currency: Currency): string {
  const sign = [...(SIGNS[currency] ?? []), currency].find((one) => text.startsWith(one) || text.endsWith(one))
  if (sign === undefined) return text
  return (text.startsWith(sign) ? text.slice(sign.length) : text.slice(0, -sign.length)).trim()
}

/** A plain decimal with zeros up to the digits of the currency; what it has beyond them stays and is refused. */
function filled(text: string, currency: Currency): string {
  const digits = exponentOf(currency)
  const parts = /^(-?\d{1,18})(?:\.(\d{1,20}))?$/.exec(text)
  if (!parts || digits === 0) return text
  return `${parts[1]}.${(parts[2] ?? '').padEnd(digits, '0')}`
}
