/** One line of a bank's day: won, whole. */
export interface BankLine {
  readonly won: number
  readonly sign: 'in' | 'out'
  /** What the payer or we wrote on the transfer. */
  readonly text: string
  readonly party: { readonly name: string; readonly account: string }
  /** `YYYY-MM-DD`. */
  readonly booked: string
}

const xml = (text: string): string => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)

/** A day's statement (ISO 20022 camt.053.001.08) of an account that had a million won in the morning, with one line. */
export function bankStatement(id: string, { won, sign, text, party, booked }: BankLine): string {
  const opening = 1_000_000
  const balance = (code: string, amount: number): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="KRW">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${booked}</Dt></Dt></Bal>`
  const role = sign === 'in' ? 'Dbtr' : 'Cdtr'
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>${xml(id)}</MsgId><CreDtTm>${booked}T18:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>${xml(id)}</Id><CreDtTm>${booked}T18:00:00Z</CreDtTm>
<Acct><Id><Othr><Id>110-000-123456</Id></Othr></Id><Ccy>KRW</Ccy></Acct>
${balance('OPBD', opening)}${balance('CLBD', sign === 'in' ? opening + won : opening - won)}
<Ntry><Amt Ccy="KRW">${won}</Amt><CdtDbtInd>${sign === 'in' ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>${booked}</Dt></BookgDt><AcctSvcrRef>${xml(id)}-1</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
<RltdPties><${role}><Pty><Nm>${xml(party.name)}</Nm></Pty></${role}><${role}Acct><Id><IBAN>${xml(party.account)}</IBAN></Id></${role}Acct></RltdPties>
<RmtInf><Ustrd>${xml(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt>
</BkToCstmrStmt></Document>
`
}
