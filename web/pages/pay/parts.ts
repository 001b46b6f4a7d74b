import { type Money, parseMoney } from '../../../domain/money.ts'
import { GojiError } from '../../../domain/errors.ts'
import type { BillView } from '../../bill-view.ts'

/** The name of the field in which a citizen writes how much of a bill to pay. */
export const partName = (billId: string): string => `part:${billId}`

/** As people write amounts: with commas between thousands, and blanks around. */
const plain = (text: string): string => text.trim().replace(/(?<=\d),(?=\d{3}(?:\D|$))/g, '')

/** The parts that were written, by bill; null where one is no amount. What is left empty is paid in full. */
export function readParts(views: readonly BillView[], field: (name: string) => string): Map<string, Money> | null {
  const parts = new Map<string, Money>()
  for (const { id, bill } of views) {
    const text = plain(field(partName(id)))
    if (text === '') continue
    try {
      parts.set(id, parseMoney({ amount: text, currency: bill.currency }))
    } catch (error) {
      if (error instanceof GojiError) return null
      throw error
    }
  }
  return parts
}
