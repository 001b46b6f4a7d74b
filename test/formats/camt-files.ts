/** Makes bank files for the tests: the smallest that the standard allows, with what a test wants to be different. */
export interface EntrySpec {
  readonly amount?: string
  readonly currency?: string
  readonly sign?: 'CRDT' | 'DBIT'
  readonly status?: string
  readonly booked?: string | null
  readonly reversal?: boolean
  readonly reference?: string
  readonly details?: string
  readonly more?: string
}

export interface StatementSpec {
  readonly id?: string
  readonly account?: string
  readonly currency?: string
  readonly opening?: string | null
  readonly closing?: string | null
  readonly head?: string
  readonly balances?: string
  readonly entries?: readonly EntrySpec[]
}

export interface FileSpec {
  readonly kind?: '053' | '054'
  readonly version?: string
  readonly encoding?: string
  readonly statements?: readonly StatementSpec[]
}

export const balance = (code: string, amount: string, currency = 'EUR', sign = 'CRDT'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>2026-11-30</Dt></Dt></Bal>`

export const party = (name: string, account?: string): string =>
  `<RltdPties><Dbtr><Nm>${name}</Nm></Dbtr>${account === undefined ? '' : `<DbtrAcct><Id><IBAN>${account}</IBAN></Id></DbtrAcct>`}</RltdPties>`

export function entryXml(
  { amount = '10.00', currency = 'EUR', sign = 'CRDT', status, booked = '2026-11-30', ...more }: EntrySpec,
  version: number,
): string {
  const word = status ?? 'BOOK'
  return `<Ntry>${more.reference === undefined ? '' : `<NtryRef>${more.reference}</NtryRef>`}<Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>${
    more.reversal === undefined ? '' : `<RvslInd>${more.reversal}</RvslInd>`
  }<Sts>${version >= 7 ? `<Cd>${word}</Cd>` : word}</Sts>${booked === null ? '' : `<BookgDt><Dt>${booked}</Dt></BookgDt>`}${more.more ?? ''}${
    more.details === undefined ? '' : `<NtryDtls>${more.details}</NtryDtls>`
  }</Ntry>`
}

export function camtFile({ kind = '053', version = '08', encoding = 'UTF-8', statements = [{}] }: FileSpec = {}): string {
  const [root, element] = kind === '053' ? (['BkToCstmrStmt', 'Stmt'] as const) : (['BkToCstmrDbtCdtNtfctn', 'Ntfctn'] as const)
  return `<?xml version="1.0" encoding="${encoding}"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${version}"><${root}><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-12-01T02:00:00+01:00</CreDtTm></GrpHdr>
${statements.map((statement) => statementXml(statement, element, Number(version))).join('\n')}
</${root}></Document>
`
}

function statementXml(spec: StatementSpec, element: string, version: number): string {
  const { id = 'S1', account = 'DE02120300000000202051', currency = 'EUR', opening = null, closing = null, entries = [] } = spec
  return `<${element}><Id>${id}</Id>${spec.head ?? ''}<CreDtTm>2026-12-01T02:00:00+01:00</CreDtTm><Acct><Id><IBAN>${account}</IBAN></Id><Ccy>${currency}</Ccy></Acct>${
    opening === null ? '' : balance('OPBD', opening, currency)
  }${closing === null ? '' : balance('CLBD', closing, currency)}${spec.balances ?? ''}${entries.map((entry) => entryXml(entry, version)).join('')}</${element}>`
}
