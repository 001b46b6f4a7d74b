import { readRow, misfit, type Problem } from '../../batches/read-row.ts'
import { cellOf } from '../../batches/read-row.ts'
import { textOf } from '../../batches/cell.ts'
import { type Reading, wantedColumns } from '../../batches/reading.ts'
import type { TableFile } from '../../batches/table-file.ts'
import { type HeadedRow, readTable } from '../../batches/table.ts'
import type { Root } from '../../composition/root.ts'
import { endOfDay } from '../../domain/calendar.ts'
import { GojiError, invalid } from '../../domain/errors.ts'
import type { Policy } from '../../domain/policy.ts'
import type { NewRow } from '../../store/batches/insert-rows.ts'
import type { InstitutionRow } from '../../store/institutions/read-institution.ts'
import type { ApiKey } from '../../store/keys/find-api-key.ts'
import { newBill } from '../bills/new-bill.ts'
import { type NewBillBody, newBillSchema } from '../../schemas/new-bill.ts'

/** As many rows as a sheet of Excel has. */
const ROWS_MAX = 1_048_576

export interface CheckContext {
  readonly root: Pick<Root, 'adapters' | 'config'>
  readonly caller: ApiKey
  readonly actor: string
  readonly institution: InstitutionRow
  readonly reading: Reading
  /** The newest policies of the institution, by name. */
  readonly policies: ReadonlyMap<string, Policy>
  readonly now: number
}

/**
 * Streams the rows of a file as they are to be stored: each valid, or with everything that is wrong with it. A row is
 * checked as `POST /v1/bills` checks a bill, by the same schema and the same code.
 * @throws GojiError where the file as a whole cannot be read; `batch_too_long`.
 */
export async function* checkRows(file: TableFile, context: CheckContext): AsyncGenerator<NewRow> {
  let rows = 0
  for await (const row of readTable(file, context.reading, wantedColumns(context.reading))) {
    rows += 1
    if (rows > ROWS_MAX) throw invalid('batch_too_long', `The file has more than ${ROWS_MAX} rows. Load it in parts.`)
    yield checkRow(row, context)
  }
}

function checkRow(row: HeadedRow, context: CheckContext): NewRow {
  const { reading, institution } = context
  const refused = (problems: readonly Problem[], billNumber: string | null): NewRow => ({ row: row.row, billNumber, problems, valid: null })
  const odd = misfit(row)
  if (odd) return refused([odd], null)
  const policy = textOf(cellOf(row, reading.columns.policy)) || (reading.defaults.policy ?? '')
  const { body, problems, columnOf } = readRow(row, reading, { policy, zone: institution.zone })
  const billNumber = body.billNumber === '' || body.billNumber.length > 64 ? null : body.billNumber
  if (problems.length > 0) return refused(problems, billNumber)
  try {
    const parsed: NewBillBody = newBillSchema.parse(body)
    const bill = newBill(parsed, context)
    refuseLater(parsed, context)
    return {
      row: row.row,
      billNumber: bill.billNumber,
      problems: [],
      valid: {
        policy: bill.policy,
        amountMinor: bill.amount?.minor ?? null,
        dueDate: bill.dueDate,
        validUntil: bill.validUntil ?? null,
        issueAt: parsed.issueAt === undefined ? null : bill.issueAt,
        identifierHash: bill.citizen.identifierHash,
        bill: {
          title: bill.title,
          details: bill.details,
          name: bill.citizen.name,
          language: bill.citizen.language,
          contacts: bill.citizen.contacts,
        },
      },
    }
  } catch (error) {
    if (!(error instanceof GojiError)) throw error
    const pointer = error.pointer ?? ''
    const column = columnOf(pointer.split('/').slice(1)) ?? 'the row'
    return refused([{ code: error.code, column, pointer, message: error.message }], billNumber)
  }
}

/** What the store would refuse when the bill is made, told now. It is asked again then: policies and days move on. */
function refuseLater({ policy: name, dueDate }: NewBillBody, { policies, now }: CheckContext): void {
  const policy = policies.get(name)
  if (!policy) {
    const there = [...policies.keys()].join(', ') || 'none'
    throw invalid('policy_unknown', `The institution has no policy named "${name}". It has: ${there}.`, '/policy')
  }
  if (dueDate !== undefined && endOfDay(dueDate, policy.calendar.zone) < now)
    throw invalid('due_date_past', 'The due date has passed. Give a later date, or none to let the policy count it.', '/dueDate')
}
