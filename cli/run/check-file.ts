import { basename } from 'node:path'
import { invalid } from '../../domain/errors.ts'
import type { Mapping } from './mapping.ts'
import { readBills } from './read-bills.ts'
import type { Problem } from './read-row.ts'

/** As many are shown as fit on a screen. */
const SHOWN_MAX = 10

/** What a file holds. */
export interface Census {
  readonly bills: number
  /** Values of the mapping's institutions that have bills. */
  readonly institutions: ReadonlySet<string>
  /** Policies of bills that are to be paid by citizens whose part is left to chance, so that some may never be. */
  readonly policies: ReadonlySet<string>
}

/**
 * Reads the whole file once and keeps none of it: nothing is loaded of a file that has a mistake anywhere.
 * @throws GojiError `bills_invalid` naming each row with its field and remedy, and whatever `readBills` throws.
 */
export async function checkFile(path: string, mapping: Mapping): Promise<Census> {
  const name = basename(path)
  const rowOf = new Map<string, number>()
  const institutions = new Set<string>()
  const policies = new Set<string>()
  const shown: Problem[] = []
  let wrongRows = 0
  for await (const read of readBills(path, mapping)) {
    const problems = Array.isArray(read) ? read : repetition(read.row, `${read.institution.value}\n${read.body.billNumber}`, rowOf, mapping)
    if (!Array.isArray(read)) {
      institutions.add(read.institution.value)
      const { policy, amount, citizen } = read.body
      if (amount !== null && mapping.citizens.fixed[citizen.identifier] === undefined) policies.add(policy)
    }
    if (problems.length === 0) continue
    wrongRows += 1
    shown.push(...problems.slice(0, SHOWN_MAX - shown.length))
  }
  if (wrongRows > 0) throw refusal(name, wrongRows, shown)
  if (rowOf.size === 0) throw invalid('bills_file_empty', `${name} has a header and no bills. Add a row for each bill.`)
  return { bills: rowOf.size, institutions, policies }
}

/** A bill number is unique within its institution. */
function repetition(row: number, key: string, rowOf: Map<string, number>, { columns }: Mapping): Problem[] {
  const first = rowOf.get(key)
  if (first === undefined) {
    rowOf.set(key, row)
    return []
  }
  const number = key.slice(key.indexOf('\n') + 1)
  return [
    {
      row,
      field: columns.billNumber,
      message: `"${number}" stands in row ${first} already. Give the bill its own number or take the row out.`,
    },
  ]
}

function refusal(name: string, wrongRows: number, shown: readonly Problem[]): Error {
  const lines = shown.map(({ row, field, message }) => `\n  row ${row}, ${field}: ${message}`)
  const rows = wrongRows === 1 ? '1 row of it is wrong' : `${wrongRows} rows of it are wrong`
  const more = wrongRows > new Set(shown.map(({ row }) => row)).size ? '\n  …' : ''
  return invalid('bills_invalid', `${name} was not loaded, nothing was sent: ${rows}.${lines.join('')}${more}`)
}
