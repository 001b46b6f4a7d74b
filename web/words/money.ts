import { type Currency, exponentOf } from '../../domain/currencies.ts'
import { formatAmount } from '../../domain/money.ts'
import type { Language } from '../../domain/ports/channel.ts'

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(language: Language, currency: Currency): Intl.NumberFormat {
  const key = `${language} ${currency}`
  let format = formats.get(key)
  if (!format) {
    // Our own table of digits, which is the standard's: Intl's follows common usage and would drop some.
    const digits = exponentOf(currency)
    const locale = language === 'ko' ? 'ko-KR' : 'en-GB'
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    formats.set(key, format)
  }
  return format
}

/** An amount as citizens write it: `12,500원`, `£11.60`. Formatted from the exact decimal string, never from a float. */
export function moneyText(language: Language, minor: bigint, currency: Currency): string {
  const exact = formatAmount({ minor, currency }) as `${number}`
  if (language === 'ko' && currency === 'KRW') return `${new Intl.NumberFormat('ko-KR').format(exact)}원`
  return formatOf(language, currency).format(exact)
}
