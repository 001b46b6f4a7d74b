import { countryName, type PostalAddress } from './address.ts'
import type { Faces } from './fonts.ts'
import { wrap } from './wrap.ts'

/** Millimetres in points. */
export const mm = (length: number): number => (length * 72) / 25.4

/**
 * The window of a DL envelope on the left (as in DIN 5008 form B): 20 to 105 mm from the left edge, 45 to 90 mm from the
 * top. The address keeps 5 mm from its rim, as a sheet may slip in the envelope.
 */
export const WINDOW = { left: mm(25), top: mm(50), width: mm(75), bottom: mm(86) } as const
export const ADDRESS_SIZE = 10.5
export const ADDRESS_LEADING = 14
const SENDER_HEIGHT = 14

/** The lines in the window: who, where, and for letters abroad the country. */
export function windowLines(faces: Faces, name: string, { lines, postcode, country }: PostalAddress): string[] {
  const last = country === 'KR' ? [postcode] : [postcode, (countryName(country) ?? country).toUpperCase()]
  const where = lines.flatMap((line) => wrap(faces.regular, ADDRESS_SIZE, line, WINDOW.width))
  return [...wrap(faces.bold, ADDRESS_SIZE, name, WINDOW.width), ...where, ...last]
}

/** Whether so many lines stand in the window below the sender's. */
export const fitsWindow = (lines: readonly string[]): boolean =>
  SENDER_HEIGHT + lines.length * ADDRESS_LEADING <= WINDOW.bottom - WINDOW.top + 0.01
