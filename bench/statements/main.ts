import { parseArgs } from 'node:util'
import { readCamt } from '../../formats/camt/read-camt.ts'
import { camtTotals } from '../../formats/totals.ts'

const { values } = parseArgs({ options: { mib: { type: 'string', default: '200' }, help: { type: 'boolean', default: false } } })
if (values.help) {
  console.log(
    'npm run bench:statements -- [--mib 200]\nReads a made-up camt.053 file of that size as it comes: seconds, entries per second, and memory by tenth of the file.',
  )
  process.exit(0)
}
const size = Number(values.mib) * 1024 * 1024

const entry = (index: number): string =>
  `<Ntry><NtryRef>${index}</NtryRef><Amt Ccy="EUR">11.60</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-30</Dt></BookgDt>` +
  `<ValDt><Dt>2026-11-30</Dt></ValDt><AcctSvcrRef>REF${index}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>` +
  `<NtryDtls><TxDtls><Refs><EndToEndId>E2E-${index}</EndToEndId></Refs><Amt Ccy="EUR">11.60</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Payer ${index}</Nm></Pty></Dbtr>` +
  `<DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Bill 2026-${index}, thank you</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`

let sent = 0
let entries = 0
const peaks: number[] = []

function* file(): Generator<Buffer> {
  yield Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>',
  )
  while (sent < size) {
    const piece = Buffer.from(Array.from({ length: 100 }, () => entry((entries += 1))).join(''))
    sent += piece.length
    const tenth = Math.min(9, Math.floor((sent / size) * 10))
    peaks[tenth] = Math.max(peaks[tenth] ?? 0, process.memoryUsage.rss())
    yield piece
  }
  yield Buffer.from('</Stmt></BkToCstmrStmt></Document>')
}

const start = performance.now()
const totals = await camtTotals(readCamt(file()))
const seconds = (performance.now() - start) / 1000
if (totals.entries !== entries) throw new Error(`${entries} entries were written and ${totals.entries} were read`)
const mib = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0)
console.log(`${mib(sent)} MiB, ${entries} entries: ${seconds.toFixed(1)} s, ${Math.round(entries / seconds)} entries a second`)
console.log(`memory (RSS, MiB) in each tenth of the file: ${peaks.map(mib).join(' ')}`)
