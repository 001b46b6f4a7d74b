import type { Currency } from '../../domain/currencies.ts'
import { amountIn } from './amount.ts'
import { find, type Node, words, wordsAt, wordsOf, wordsOfAll } from './node.ts'
import type { Party, References, Sign, Transaction } from './records.ts'
import { readSign } from './sign.ts'

/** What a bank writes where the payer gave no reference. */
const NOT_PROVIDED = /^(not[ _-]?provided|nonref|none|n\/a|-+)$/i

/** One part of an entry, with every amount that the bank says of it in the entry's currency. */
export interface Part {
  readonly transaction: Omit<Transaction, 'minor' | 'sign'>
  readonly sign: Sign | undefined
  /** The amounts by where they stand, the best place first; null where it says nothing in this currency. */
  readonly amounts: readonly (bigint | null)[]
}

const AMOUNTS = ['Amt', 'AmtDtls/TxAmt/Amt', 'AmtDtls/CntrValAmt/Amt', 'AmtDtls/InstdAmt/Amt']

export function readPart(node: Node, currency: Currency): Part {
  return {
    transaction: {
      line: node.line,
      references: readReferences(node),
      payer: readParty(node, 'Dbtr'),
      payee: readParty(node, 'Cdtr'),
      text: [...wordsOfAll(node, 'RmtInf/Ustrd'), ...wordsOfAll(node, 'RmtInf/Strd/AddtlRmtInf'), ...wordsOfAll(node, 'AddtlTxInf')],
      returnReason: wordsOf(node, 'RtrInf/Rsn/Cd', 'RtrInf/Rsn/Prtry'),
    },
    sign: readSign(node),
    amounts: AMOUNTS.map((path) => amountIn(find(node, path), currency)),
  }
}

const REFERENCES = { e2e: 'EndToEndId', instruction: 'InstrId', transaction: 'TxId', information: 'PmtInfId', mandate: 'MndtId' }

function readReferences(node: Node): References {
  const refs = find(node, 'Refs')
  const given = (name: string): string | undefined => provided(wordsAt(refs, name))
  return {
    endToEndId: given(REFERENCES.e2e),
    instructionId: given(REFERENCES.instruction),
    transactionId: given(REFERENCES.transaction),
    paymentInformationId: given(REFERENCES.information),
    mandateId: given(REFERENCES.mandate),
    accountServicerReference: given('AcctSvcrRef'),
    others: [
      ...['MsgId', 'ClrSysRef', 'UETR', 'ChqNb', 'AcctOwnrTxId', 'AcctSvcrTxId', 'PrcgId', 'RefNb'].flatMap((name) =>
        wordsOfAll(refs, name),
      ),
      ...['Prtry/Ref', 'Othr/Ref'].flatMap((path) => wordsOfAll(refs, path)),
      ...['RmtInf/Strd/RfrdDocInf/Nb', 'RmtInf/Strd/RfrdDocInf/RfrdDocNb', 'RltdRmtInf/RmtId'].flatMap((path) => wordsOfAll(node, path)),
    ].flatMap((one) => provided(one) ?? []),
    creditor: wordsOfAll(node, 'RmtInf/Strd/CdtrRefInf/Ref')
      .concat(wordsOfAll(node, 'RmtInf/Strd/CdtrRefInf/CdtrRef'))
      .flatMap((one) => provided(one) ?? []),
  }
}

const provided = (text: string | undefined): string | undefined => (text === undefined || NOT_PROVIDED.test(text) ? undefined : text)

/** From version 8 on a party stands one level deeper, in `Pty` or, for a bank, in `Agt`. */
function readParty(node: Node, role: 'Dbtr' | 'Cdtr'): Party {
  const parties = find(node, 'RltdPties')
  return {
    name: wordsOf(parties, `${role}/Nm`, `${role}/Pty/Nm`, `${role}/Agt/FinInstnId/Nm`, `Ultmt${role}/Nm`, `Ultmt${role}/Pty/Nm`),
    account: wordsOf(
      parties,
      ...['IBAN', 'Othr/Id', 'PrtryAcct/Id', 'BBAN'].map((path) => `${role}Acct/Id/${path}`),
      `${role}Acct/Prxy/Id`,
    ),
  }
}

/** What an entry without parts is, so that it can be placed like one. */
export function wholeEntry(entry: Node): Omit<Transaction, 'minor' | 'sign'> {
  const none = { name: undefined, account: undefined }
  const batch = find(entry, 'NtryDtls/Btch')
  return {
    line: entry.line,
    references: {
      endToEndId: undefined,
      instructionId: undefined,
      transactionId: undefined,
      paymentInformationId: provided(wordsAt(batch, 'PmtInfId')),
      mandateId: undefined,
      accountServicerReference: undefined,
      others: [find(batch, 'MsgId')].flatMap((one) => provided(words(one)) ?? []),
      creditor: [],
    },
    payer: none,
    payee: none,
    text: [],
    returnReason: undefined,
  }
}
