import type { Currency } from '../../../../domain/currencies.ts'
import { formatAmount } from '../../../../domain/money.ts'
import { escape } from '../../../kit/escape.ts'

/** A transfer as the bank booked it: what came in, or below zero what went out. */
export interface Booked {
  readonly id: string
  /** Milliseconds. */
  readonly at: number
  readonly minor: bigint
  readonly currency: Currency
  /** What the payer wrote. */
  readonly text: string
  readonly name: string
  readonly account: string
}

export interface Day {
  readonly name: string
  readonly sequence: number
  readonly at: number
  readonly currency: Currency
  readonly opening: bigint
  readonly booked: readonly Booked[]
}

const iso = (at: number): string => new Date(at).toISOString()
const day = (at: number): string => iso(at).slice(0, 10)
const sign = (minor: bigint): string => `<CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
const amount = (minor: bigint, currency: Currency): string =>
  `<Amt Ccy="${currency}">${formatAmount({ minor: minor < 0n ? -minor : minor, currency })}</Amt>`
const account = (number: string): string => `<Id><Othr><Id>${escape(number.replace(/\s/g, ''))}</Id></Othr></Id>`

function entry({ id, at, minor, currency, ...payer }: Booked, own: string): string {
  const [them, us] = minor < 0n ? (['Cdtr', 'Dbtr'] as const) : (['Dbtr', 'Cdtr'] as const)
  return `<Ntry>${amount(minor, currency)}${sign(minor)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>${iso(at)}</DtTm></BookgDt><ValDt><Dt>${day(at)}</Dt></ValDt><AcctSvcrRef>${id}</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${minor < 0n ? 'ICDT' : 'RCDT'}</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${amount(minor, currency)}${sign(minor)}<RltdPties><${them}><Pty><Nm>${escape(payer.name)}</Nm></Pty></${them}><${them}Acct>${account(payer.account)}</${them}Acct><${us}Acct>${account(own)}</${us}Acct></RltdPties><RmtInf><Ustrd>${escape(payer.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
}

const message = (kind: '053' | '054', root: string, id: string, at: number, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.08"><${root}><GrpHdr><MsgId>${id}</MsgId><CreDtTm>${iso(at)}</CreDtTm></GrpHdr>
${body}
</${root}></Document>
`

/** The statement of a day that has ended. */
export function statement(own: string, { name, sequence, at, currency, opening, booked }: Day): string {
  const balance = (code: string, minor: bigint): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(minor, currency)}${sign(minor)}<Dt><Dt>${day(at)}</Dt></Dt></Bal>`
  const closing = booked.reduce((sum, { minor }) => sum + minor, opening)
  return message(
    '053',
    'BkToCstmrStmt',
    name,
    at,
    `<Stmt><Id>${name}</Id><ElctrncSeqNb>${sequence}</ElctrncSeqNb><CreDtTm>${iso(at)}</CreDtTm><Acct>${account(own)}<Ccy>${currency}</Ccy></Acct>${balance('OPBD', opening)}${balance('CLBD', closing)}
${booked.map((one) => entry(one, own)).join('\n')}</Stmt>`,
  )
}

/** What the bank tells at once of one transfer, before the day has ended. */
export const notification = (own: string, booked: Booked): string =>
  message(
    '054',
    'BkToCstmrDbtCdtNtfctn',
    `N-${booked.id}`,
    booked.at,
    `<Ntfctn><Id>N-${booked.id}</Id><CreDtTm>${iso(booked.at)}</CreDtTm><Acct>${account(own)}<Ccy>${booked.currency}</Ccy></Acct>
${entry(booked, own)}</Ntfctn>`,
  )
