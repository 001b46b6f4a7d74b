import { type Finding, read, type Row, type Snapshot } from './finding.ts'
import { type Entry, text } from './journal.ts'

/** The gateway's files beside ours: the same text, the same lines, and no line that the gateway never wrote. */
export async function checkFiles(snapshot: Snapshot, journal: readonly Entry[], final: boolean): Promise<Finding[]> {
  const files = journal.filter(({ op }) => op === 'settlement')
  const statements = new Map((await read(snapshot, 'select name, gateway, content from statements')).map((row) => [row['name'], row]))
  const gateways = new Set(files.map((file) => statements.get(text(file, 'name'))?.['gateway']))
  const lines = (await read(snapshot, 'select * from statement_lines')).filter(({ gateway }) => gateways.has(gateway))
  const ours = new Map(lines.map((row) => [row['line_reference'] ?? '', row]))
  const findings: Finding[] = []
  const written = new Set<string>()
  for (const file of files) {
    const name = text(file, 'name')
    const statement = statements.get(name)
    for (const line of file['lines'] as Entry[]) {
      written.add(text(line, 'lineReference'))
      if (statement !== undefined) findings.push(...compareLine(line, ours.get(text(line, 'lineReference'))))
    }
    if (statement === undefined && final)
      findings.push({ rule: 'settlement files', id: name, sentence: `The settlement file ${name} was never received.` })
    if (statement !== undefined && statement['content'] !== text(file, 'text')) {
      findings.push({
        rule: 'settlement files',
        id: name,
        sentence: `The settlement file ${name} was kept with another text than the gateway's.`,
      })
    }
  }
  for (const [reference, row] of ours) {
    if (written.has(reference)) continue
    findings.push({
      rule: 'settlement lines',
      id: row['id'] ?? '',
      sentence: `Statement line ${row['id']} (${reference}) is in no file of the gateway.`,
    })
  }
  return findings
}

function compareLine(line: Entry, row: Row | undefined): Finding[] {
  const reference = text(line, 'lineReference')
  if (row === undefined)
    return [
      {
        rule: 'settlement lines',
        id: reference,
        sentence: `The settlement line ${reference} is in the gateway's file and not in the books.`,
      },
    ]
  const pairs = [
    ['kind', 'kind'],
    ['subject_reference', 'reference'],
    ['currency', 'currency'],
    ['gross_minor', 'amountMinor'],
    ['fee_minor', 'feeMinor'],
    ['net_minor', 'netMinor'],
  ] as const
  return pairs.flatMap(([our, their]) => {
    if (row[our] === text(line, their)) return []
    return [
      {
        rule: 'settlement lines',
        id: row['id'] ?? '',
        sentence: `Statement line ${row['id']} has ${row[our]} as its ${our}, and the gateway's file ${text(line, their)}.`,
      },
    ]
  })
}
