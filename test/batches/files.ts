import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Problem, type BillBody, misfit, readRow } from '../../batches/read-row.ts'
import { type Reading, readingSchema, wantedColumns } from '../../batches/reading.ts'
import { openTable } from '../../batches/table-file.ts'
import { readTable } from '../../batches/table.ts'
import { GojiError } from '../../domain/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'goji-batches-test-'))
let files = 0

export function written(content: string | Buffer): string {
  files += 1
  const path = join(folder, `bills-${files}`)
  writeFileSync(path, content)
  return path
}

export const HEADER = ['고지번호', '납부자', '성명', '고지명', '금액', '납기', '비고']

/** A mapping of those columns; `changes` at its top level. */
export const reading = (changes: Readonly<Record<string, unknown>> = {}): Reading =>
  readingSchema.parse({
    currency: 'KRW',
    language: 'ko',
    columns: {
      billNumber: '고지번호',
      citizen: '납부자',
      citizenName: '성명',
      title: '고지명',
      amount: '금액',
      dueDate: '납기',
      details: [{ label: '비고', column: '비고' }],
    },
    ...changes,
  })

export interface Read {
  readonly row: number
  readonly body?: BillBody
  readonly problems: readonly Problem[]
}

export async function readAll(content: string | Buffer, how: Reading): Promise<Read[]> {
  const file = await openTable(written(content))
  const rows: Read[] = []
  try {
    for await (const row of readTable({ ...file, name: 'bills' }, how, wantedColumns(how))) {
      const odd = misfit(row)
      const { body, problems } = odd ? { problems: [odd] } : readRow(row, how, { policy: 'tax', zone: 'Asia/Seoul' })
      rows.push({ row: row.row, ...(body ? { body } : {}), problems })
    }
  } finally {
    await file.handle.close()
  }
  return rows
}

/** `code: message` of a file that is refused. */
export async function refusalOf(content: string | Buffer, how = reading()): Promise<string> {
  const error = await readAll(content, how).then(
    () => new Error('it was taken'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof GojiError)) throw error as Error
  return `${error.code}: ${error.message}`
}
