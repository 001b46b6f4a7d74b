import { type Currency, isCurrency } from '../../domain/currencies.ts'
import { invalid } from '../../domain/errors.ts'
import { formatAmount } from '../../domain/money.ts'
import { readAmount } from './amount.ts'
import { dateOf } from './date.ts'
import { find, type Node, wordsAt } from './node.ts'
import type { Balance, Entry, StatementHeader } from './records.ts'
import { readSign, signed } from './sign.ts'

/** Only what the check needs: an available or expected balance may be in any form. */
const CHECKED = ['OPBD', 'PRCD', 'ITBD', 'CLBD']

export function readBalances(nodes: readonly Node[], fallback: string | undefined): Balance[] {
  return nodes.flatMap((node) => {
    const code = wordsAt(node, 'Tp/CdOrPrtry/Cd') ?? wordsAt(node, 'Tp/Cd')
    const amount = find(node, 'Amt')
    const currency = amount?.currency ?? fallback
    if (code === undefined || !CHECKED.includes(code) || amount === undefined || currency === undefined || !isCurrency(currency)) return []
    const date = find(node, 'Dt/DtTm') ?? find(node, 'Dt/Dt')
    return [
      {
        line: node.line,
        code,
        day: date && dateOf(date)?.day,
        currency,
        minor: signed(readAmount(amount, fallback).minor, readSign(node) ?? 'credit'),
      },
    ]
  })
}

/** What a statement that goes over several pages has come to so far. */
interface Pages {
  readonly opening: Balance
  booked: bigint
}

/**
 * Checks that the opening balance and what was booked make the closing balance, of each statement or over its pages.
 * A balance in another currency than its counterpart, or none at all, cannot be checked: banks leave them out.
 */
export class BalanceCheck {
  #booked = new Map<Currency, bigint>()
  readonly #pages = new Map<string, Pages>()

  add(entry: Entry): void {
    if (entry.status !== 'booked') return
    const { minor, currency } = entry.amount
    this.#booked.set(currency, (this.#booked.get(currency) ?? 0n) + signed(minor, entry.sign))
  }

  /** Ends a statement. @throws GojiError `statement_unbalanced`, naming the sum and the balance. */
  end(statement: StatementHeader, balances: readonly Balance[]): void {
    const booked = this.#booked
    this.#booked = new Map()
    for (const currency of new Set(balances.map((balance) => balance.currency))) {
      const own = balances.filter((balance) => balance.currency === currency)
      // An account in one currency whose entries came in others: only the bank knows what each added to it.
      if ([...booked.keys()].some((other) => other !== currency && !balances.some((balance) => balance.currency === other))) continue
      this.#check(statement, own, booked.get(currency) ?? 0n)
    }
  }

  #check(statement: StatementHeader, balances: readonly Balance[], booked: bigint): void {
    const opening = earliest(balances, 'OPBD') ?? earliest(balances, 'PRCD') ?? first(balances, 'ITBD')
    const closing = latest(balances, 'CLBD') ?? balances.findLast(({ code }) => code === 'ITBD')
    const currency = balances[0]?.currency
    const isPart = statement.page !== undefined && (statement.page.number > 1 || !statement.page.isLast)
    const key = `${statement.account ?? ''} ${statement.id ?? ''} ${currency ?? ''}`
    const pages = this.#pages.get(key)
    if (isPart) {
      if (pages !== undefined) pages.booked += booked
      else if (statement.page.number === 1 && opening !== undefined) this.#pages.set(key, { opening, booked })
    }
    if (opening === undefined || closing === undefined || opening === closing) return
    if (opening.minor + booked === closing.minor) return
    if (isPart) {
      // The page repeats the balances of the whole: they can be checked only at the end, with every page here.
      if (!statement.page.isLast) return
      if (pages === undefined || pages.opening.minor + pages.booked === closing.minor) return
      throw unbalanced(statement, pages.opening, pages.booked, closing)
    }
    throw unbalanced(statement, opening, booked, closing)
  }
}

const first = (balances: readonly Balance[], code: string): Balance | undefined => balances.find((balance) => balance.code === code)

/** A statement of several days may have a pair of balances for each, in any order. */
const earliest = (balances: readonly Balance[], code: string): Balance | undefined =>
  balances
    .filter((balance) => balance.code === code)
    .reduce<Balance | undefined>((best, one) => (best === undefined || (one.day ?? '') < (best.day ?? '') ? one : best), undefined)
const latest = (balances: readonly Balance[], code: string): Balance | undefined =>
  balances
    .filter((balance) => balance.code === code)
    .reduce<Balance | undefined>((best, one) => (best === undefined || (one.day ?? '') >= (best.day ?? '') ? one : best), undefined)

function unbalanced(statement: StatementHeader, opening: Balance, booked: bigint, closing: Balance): Error {
  const { currency } = closing
  const show = (minor: bigint): string => `${formatAmount({ minor, currency })} ${currency}`
  const name = statement.id === undefined ? 'The statement' : `The statement "${statement.id.slice(0, 40)}"`
  return invalid(
    'statement_unbalanced',
    `${name} does not add up: its opening balance of ${show(opening.minor)} and booked entries of ${show(booked)} make ${show(opening.minor + booked)}, ` +
      `and its closing balance says ${show(closing.minor)}. Ask the bank for the whole file.`,
    `/lines/${closing.line}`,
  )
}
