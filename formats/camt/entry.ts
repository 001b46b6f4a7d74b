import type { Currency } from '../../domain/currencies.ts'
import { readAmount } from './amount.ts'
import { type BankDate, dateOf, readDate } from './date.ts'
import { readBoolean } from './header.ts'
import { malformed } from './malformed.ts'
import { find, type Node, wordsAt, wordsOf } from './node.ts'
import { placeParts } from './parts.ts'
import type { Entry, EntryStatus } from './records.ts'
import { readSign } from './sign.ts'
import { type Part, wholeEntry } from './transaction.ts'

const STATUSES: Readonly<Record<string, EntryStatus>> = { BOOK: 'booked', PDNG: 'pending', INFO: 'information' }

/** The currency of an entry, known before its parts are read where the elements stand in the standard's order. */
export function currencyOfEntry(node: Node, fallback: string | undefined): Currency {
  const amount = find(node, 'Amt')
  if (amount === undefined) throw malformed(node.line, 'an entry has no amount')
  return readAmount(amount, fallback).currency
}

export function readEntry(node: Node, parts: readonly Part[], fallback: string | undefined): Entry {
  const amountNode = find(node, 'Amt')
  if (amountNode === undefined) throw malformed(node.line, 'an entry has no amount')
  const amount = readAmount(amountNode, fallback)
  const sign = readSign(node)
  if (sign === undefined) throw malformed(node.line, 'an entry is neither credit nor debit')
  const placed = placeParts(amount, sign, parts)
  return {
    line: node.line,
    amount,
    sign,
    status: readStatus(node),
    isReversal: readBoolean(find(node, 'RvslInd')) ?? false,
    booked: bookedAt(node),
    value: valueAt(node),
    entryReference: wordsAt(node, 'NtryRef'),
    accountServicerReference: wordsAt(node, 'AcctSvcrRef'),
    information: wordsAt(node, 'AddtlNtryInf'),
    code: readCode(node),
    parts: placed.parts,
    transactions: placed.transactions ?? [{ ...wholeEntry(node), minor: amount.minor, sign }],
    partsGiven: parts.length,
  }
}

/** A word until version 4, a code or the bank's own word after it. An entry that says nothing is booked: it is in the account. */
function readStatus(node: Node): EntryStatus {
  const code = wordsOf(node, 'Sts/Cd', 'Sts/Prtry', 'Sts')
  return code === undefined ? 'booked' : (STATUSES[code] ?? 'other')
}

function dateIn(node: Node, name: string): Node | undefined {
  const found = find(node, name)
  const date = find(found, 'DtTm') ?? find(found, 'Dt')
  return date?.text.trim() === '' ? undefined : date
}

function bookedAt(node: Node): BankDate | undefined {
  const date = dateIn(node, 'BookgDt')
  return date === undefined ? undefined : readDate(date)
}

/** Nothing is decided by it, and some banks write the end of time there. */
function valueAt(node: Node): BankDate | undefined {
  const date = dateIn(node, 'ValDt')
  return date === undefined ? undefined : dateOf(date)
}

function readCode(node: Node): string | undefined {
  const code = find(node, 'BkTxCd')
  const domain = ['Domn/Cd', 'Domn/Fmly/Cd', 'Domn/Fmly/SubFmlyCd'].flatMap((path) => wordsAt(code, path) ?? [])
  return domain.length > 0 ? domain.join('/') : wordsAt(code, 'Prtry/Cd')
}
