/** A postal address as it stands in an envelope's window. */
export interface PostalAddress {
  /** One to three lines: street, building, flat. */
  readonly lines: readonly string[]
  readonly postcode: string
  /** ISO 3166 code, such as `KR`. */
  readonly country: string
}

const LINES_MAX = 3
/** Korean postcodes have five digits and run from Seoul to Jeju. */
const KOREAN_POSTCODE = /^(?:0[1-9]|[1-5][0-9]|6[0-3])[0-9]{3}$/
const POSTCODE = /^[A-Z0-9](?:[A-Z0-9 -]{0,10}[A-Z0-9])?$/
const COUNTRY = /^[A-Z]{2}$/
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** The country's name as it is written on letters that leave Korea; undefined where there is no such country. */
export const countryName = (country: string): string | undefined => (COUNTRY.test(country) ? countries.of(country) : undefined)

/**
 * Reads `line|line|postcode|country`, with one to three lines: the form in which a contact of this channel is written,
 * such as `서울특별시 양천구 목동동로 105|101동 1203호|07995|KR`. Null where it is none, so that nothing is printed for it.
 */
export function parseAddress(text: string): PostalAddress | null {
  if (FORBIDDEN.test(text)) return null
  const parts = text.split('|').map((part) => part.trim().replace(/\s+/g, ' '))
  const country = parts.pop() ?? ''
  const postcode = parts.pop() ?? ''
  if (parts.length < 1 || parts.length > LINES_MAX || parts.some((line) => !/[\p{L}\p{N}]/u.test(line))) return null
  if (!(country === 'KR' ? KOREAN_POSTCODE : POSTCODE).test(postcode) || countryName(country) === undefined) return null
  return { lines: parts, postcode, country }
}
