import { returnedWithoutTask } from '../../domain/returned-task.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'

/** Opens the task of a letter that came back: the institution finds a new address, or gives up. */
export async function askAboutReturn(tx: Tx, held: HeldBill, now: number): Promise<void> {
  const returned = returnedWithoutTask(held.bill)
  if (returned === undefined) return
  const [row] = await tx<{ id: string }[]>`
    update deliveries set task_opened = true where bill_id = ${held.bill.id} and key = ${returned.key} returning id`
  if (!row) throw new Error('the returned delivery is not there')
  send(
    tx,
    tx`
      insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at)
      values (${newId('exc', now)}, ${held.bill.id}, ${held.row.institution_id}, 'returnedMail', ${row.id}, 'institution', ${now})
      on conflict (kind, subject_id) do nothing`,
  )
  held.putDelivery({ ...returned, taskOpened: true })
}
