import { createHash } from 'node:crypto'
import type { BankLine, BankPart, BankRecord } from '../../domain/bank-file.ts'
import { malformed } from './malformed.ts'
import type { CamtRecord, Entry, StatementHeader, Transaction } from './records.ts'

/**
 * What of a bank's file there is to book: a line for each transaction that makes up a booked entry, or for the entry
 * where its parts do not.
 * @throws GojiError `statement_malformed` where a statement names no account.
 */
export async function* bankRecords(records: AsyncIterable<CamtRecord>): AsyncGenerator<BankRecord> {
  let part: BankPart | undefined
  for await (const record of records) {
    if (record.type === 'statement') yield { type: 'part', part: (part = toPart(record.statement)) }
    if (record.type !== 'entry' || part === undefined) continue
    if (record.entry.status !== 'booked') yield { type: 'notBooked' }
    else for (const line of toLines(record.entry, part)) yield { type: 'line', line }
  }
}

function toPart(statement: StatementHeader): BankPart {
  if (statement.account === undefined) throw malformed(statement.line, 'a statement names no account')
  const name = statement.id ?? statement.electronicSequence ?? statement.legalSequence
  if (name === undefined) throw malformed(statement.line, 'a statement has neither an id nor a number')
  return {
    account: statement.account.replace(/\s/g, ''),
    name,
    electronicSequence: statement.electronicSequence ?? null,
    legalSequence: statement.legalSequence ?? null,
    page: statement.page?.number ?? null,
    isLastPage: statement.page?.isLast ?? null,
    createdAt: statement.createdAt ?? null,
  }
}

const toLines = (entry: Entry, part: BankPart): BankLine[] =>
  entry.transactions.filter(({ minor }) => minor > 0n).map((transaction) => toLine(entry, transaction, part))

function toLine(entry: Entry, transaction: Transaction, part: BankPart): BankLine {
  const { references } = transaction
  const date = entry.booked ?? entry.value
  const at = date?.at ?? part.createdAt
  if (at === null) throw malformed(entry.line, 'an entry has no date')
  const bookedOn = date?.day ?? new Date(at).toISOString().slice(0, 10)
  const named = [
    ...references.creditor,
    references.endToEndId,
    references.instructionId,
    references.transactionId,
    references.mandateId,
    references.paymentInformationId,
    ...references.others,
    references.accountServicerReference,
    entry.accountServicerReference,
  ].filter((one): one is string => one !== undefined)
  const minor = transaction.sign === 'credit' ? transaction.minor : -transaction.minor
  return {
    identity: identityOf(entry, transaction, part, { bookedOn, minor }),
    amount: { minor, currency: entry.amount.currency },
    bookedOn,
    bookedAt: at,
    valueOn: entry.value?.day ?? null,
    isReversal: entry.isReversal,
    returnReason: transaction.returnReason ?? null,
    references: [...new Set(named)],
    text: [...transaction.text, ...(entry.information === undefined ? [] : [entry.information])].join('\n').slice(0, 2_000),
    payerName: transaction.payer.name ?? null,
    payerAccount: transaction.payer.account ?? null,
    payeeAccount: transaction.payee.account ?? null,
    code: entry.code ?? null,
    isUnclear: entry.parts === 'differ',
  }
}

/**
 * What makes a line itself. The bank's own reference stands for all that may be worded differently elsewhere; without one
 * it is all that the bank says of it. Amount and day always belong to it, because some banks number from 1 each day. The
 * number of an entry within its file (`NtryRef`) does not: a notification and the statement after it number the same
 * payment differently, and it must not be booked twice.
 */
function identityOf(entry: Entry, transaction: Transaction, { account }: BankPart, own: { bookedOn: string; minor: bigint }): string {
  const { references, payer } = transaction
  const bank = references.accountServicerReference ?? entry.accountServicerReference
  const essentials =
    bank === undefined
      ? [references.transactionId, references.instructionId, payer.account, payer.name, ...transaction.text, entry.information]
      : [bank]
  const said = [account, own.bookedOn, own.minor.toString(), entry.amount.currency, String(entry.isReversal)]
  return createHash('sha256')
    .update(JSON.stringify([...said, references.endToEndId, ...references.creditor, '|', ...essentials.map((one) => one ?? null)]))
    .digest('base64url')
    .slice(0, 32)
}
