import { textOf } from '../../batches/cell.ts'
import { type BillBody, cellOf, misfit, readRow as readBill } from '../../batches/read-row.ts'
import type { HeadedRow } from '../../batches/table.ts'
import type { MappedInstitution, Mapping } from './mapping.ts'

/** A bill as the file has it. */
export interface FileBill {
  readonly row: number
  readonly institution: MappedInstitution
  /** What is sent, as far as the file says it. */
  readonly body: BillBody
}

/** What is wrong with a row: the field by its column, and what to do. */
export interface Problem {
  readonly row: number
  readonly field: string
  readonly message: string
}

/** Reads a row, or says everything that is wrong with it, also with what it says of its institution. */
export function readRow(headed: HeadedRow, mapping: Mapping): FileBill | Problem[] {
  const { row } = headed
  const odd = misfit(headed)
  if (odd) return [{ row, field: odd.column, message: odd.message }]
  const problems: Problem[] = []
  const wrong = (field: string, message: string): void => void problems.push({ row, field, message })
  const { columns } = mapping
  const value = textOf(cellOf(headed, columns.institution))
  const institution = mapping.institutions.find((one) => one.value === value)
  if (!institution)
    wrong(columns.institution, `"${value}" is not an institution of the mapping. Correct it, or add it to the mapping's institutions.`)
  const policy = textOf(cellOf(headed, columns.policy)) || (institution?.policy ?? '')
  if (institution && mapping.policies[policy] === undefined) {
    wrong(
      columns.policy ?? 'policy',
      `"${policy}" is not a policy of the mapping. Its policies are: ${Object.keys(mapping.policies).join(', ')}.`,
    )
  }
  const { body, problems: found } = readBill(headed, mapping.reading, { policy, zone: institution?.zone ?? 'UTC' })
  // The policy was told above, in the mapping's words.
  for (const { column, pointer, message } of found) if (pointer !== '/policy') wrong(column, message)
  return problems.length > 0 || !institution ? problems : { row, institution, body }
}
