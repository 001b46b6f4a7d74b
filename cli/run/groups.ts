import { GojiError } from '../../domain/errors.ts'
import type { Mapping } from './mapping.ts'
import { draw } from './random.ts'
import { readBills } from './read-bills.ts'
import type { FileBill } from './read-row.ts'

/** As many rows are held in memory at once. */
const GROUP_ROWS = 20_000

/**
 * The bills of a checked file, all those of one citizen together, so that the citizen can pay them at once. A file may
 * have them far apart and be larger than the memory: it is read once for each group of citizens.
 * @throws GojiError `file_changed` when it is not the file that was checked.
 */
export async function* byCitizen(path: string, mapping: Mapping, bills: number): AsyncGenerator<readonly FileBill[]> {
  const groups = Math.ceil(bills / GROUP_ROWS)
  let seen = 0
  for (let group = 0; group < groups; group += 1) {
    const citizens = new Map<string, FileBill[]>()
    for await (const bill of readBills(path, mapping)) {
      if (Array.isArray(bill)) throw changed(path)
      const { identifier } = bill.body.citizen
      if (Math.floor(draw(0, 'group', identifier) * groups) !== group) continue
      seen += 1
      citizens.set(identifier, [...(citizens.get(identifier) ?? []), bill])
    }
    yield* citizens.values()
  }
  if (seen !== bills) throw changed(path)
}

const changed = (path: string): GojiError =>
  new GojiError('conflict', 'file_changed', `${path} was changed while it was loaded. Load it again: what was sent is not sent twice.`)
