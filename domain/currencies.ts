/**
 * Digits after the decimal point per ISO 4217 currency (list of 2026-01-01). Kept here because Intl's table follows
 * common usage and differs from the standard (HUF, COP, IQD, MGA …), which would change amounts by a factor.
 */
// prettier-ignore
const EXPONENTS = {
  AED: 2, AUD: 2, BHD: 3, BRL: 2, CAD: 2, CHF: 2, CLP: 0, CNY: 2, COP: 2, CZK: 2, DKK: 2, EUR: 2, GBP: 2, HKD: 2,
  HUF: 2, IDR: 2, ILS: 2, INR: 2, IQD: 3, ISK: 0, JOD: 3, JPY: 0, KRW: 0, KWD: 3, MGA: 2, MXN: 2, MYR: 2, NOK: 2,
  NZD: 2, OMR: 3, PHP: 2, PLN: 2, RON: 2, SEK: 2, SGD: 2, THB: 2, TND: 3, TRY: 2, TWD: 2, USD: 2, VND: 0, ZAR: 2,
} as const

export type Currency = keyof typeof EXPONENTS

export const CURRENCIES = Object.keys(EXPONENTS) as readonly Currency[]

export const isCurrency = (code: string): code is Currency => Object.hasOwn(EXPONENTS, code)

/** Digits after the point: 0 for KRW, 2 for GBP, 3 for KWD. */
export const exponentOf = (currency: Currency): number => EXPONENTS[currency]
