import { dateOf } from './date.ts'
import { malformed } from './malformed.ts'
import { find, type Node, wordsAt, wordsOf } from './node.ts'
import type { Message, Page, StatementHeader } from './records.ts'

export function readMessage(header: Node | undefined, kind: Message['kind'], version: number | null): Message {
  return {
    kind,
    version,
    messageId: wordsAt(header, 'MsgId'),
    createdAt: timeAt(header, 'CreDtTm'),
    page: readPage(find(header, 'MsgPgntn')),
  }
}

/** The head of a statement from the elements that stand before its entries. */
export function readHeader(statement: Node): StatementHeader {
  return {
    line: statement.line,
    id: wordsAt(statement, 'Id'),
    electronicSequence: wordsAt(statement, 'ElctrncSeqNb'),
    legalSequence: wordsAt(statement, 'LglSeqNb'),
    createdAt: timeAt(statement, 'CreDtTm'),
    period: { from: wordsOf(statement, 'FrToDt/FrDtTm', 'FrToDt/FrDt'), to: wordsOf(statement, 'FrToDt/ToDtTm', 'FrToDt/ToDt') },
    page: readPage(find(statement, 'StmtPgntn') ?? find(statement, 'NtfctnPgntn')),
    copy: wordsAt(statement, 'CpyDplctInd'),
    account: wordsOf(statement, 'Acct/Id/IBAN', 'Acct/Id/Othr/Id', 'Acct/Id/PrtryAcct/Id', 'Acct/Id/BBAN', 'Acct/Id/UPIC', 'Acct/Prxy/Id'),
    accountCurrency: wordsAt(statement, 'Acct/Ccy'),
  }
}

function readPage(node: Node | undefined): Page | undefined {
  if (node === undefined) return undefined
  const number = wordsAt(node, 'PgNb') ?? ''
  if (!/^[0-9]{1,9}$/.test(number)) throw malformed(node.line, 'a page has no number')
  return { number: Number(number), isLast: readBoolean(find(node, 'LastPgInd')) ?? true }
}

/** `true` and `1` are the same to the standard. @throws GojiError `statement_malformed` for other words. */
export function readBoolean(node: Node | undefined): boolean | undefined {
  const text = node?.text.trim().toLowerCase()
  if (node === undefined || text === '') return undefined
  if (text === 'true' || text === '1') return true
  if (text === 'false' || text === '0') return false
  throw malformed(node.line, `"${text?.slice(0, 20) ?? ''}" is neither true nor false`)
}

function timeAt(node: Node | undefined, path: string): number | undefined {
  const found = find(node, path)
  return found === undefined ? undefined : dateOf(found)?.at
}
