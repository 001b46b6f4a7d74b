import type { Money } from '../../domain/money.ts'
import type { Parts, Sign, Transaction } from './records.ts'
import { signed } from './sign.ts'
import type { Part } from './transaction.ts'

/**
 * An entry's parts with their amounts. One part is the entry, whatever else the bank says of it (the amount in the payer's
 * currency, before charges, or nothing). Several have to make the entry up to the last unit, by the amounts of one and
 * the same place; where no place has them the entry stands as one, and where a place has them all and they do not agree
 * it does too, and says so: what a bank booked is the entry.
 */
export function placeParts(
  amount: Money,
  sign: Sign,
  parts: readonly Part[],
): { parts: Parts; transactions: readonly Transaction[] | undefined } {
  const [only] = parts
  if (only === undefined) return { parts: 'none', transactions: undefined }
  if (parts.length === 1) return { parts: 'agree', transactions: [{ ...only.transaction, minor: amount.minor, sign }] }
  let isComplete = false
  for (let place = 0; place < only.amounts.length; place += 1) {
    const found = parts.flatMap((part) => part.amounts[place] ?? [])
    if (found.length < parts.length) continue
    isComplete = true
    for (const signs of [parts.map((part) => part.sign ?? sign), parts.map(() => sign)]) {
      const sum = found.reduce((total, minor, index) => total + signed(minor, signs[index] ?? sign), 0n)
      if (sum !== signed(amount.minor, sign)) continue
      const transactions = parts.map(({ transaction }, index) => ({
        ...transaction,
        minor: found[index] ?? 0n,
        sign: signs[index] ?? sign,
      }))
      return { parts: 'agree', transactions }
    }
  }
  return { parts: isComplete ? 'differ' : 'none', transactions: undefined }
}
