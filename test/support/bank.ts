import { readCamt } from '../../formats/camt/read-camt.ts'
import { bankRecords } from '../../formats/camt/bank-records.ts'
import { placeLine } from '../../store/commands/place-line.ts'
import type { Sql } from '../../store/connection.ts'
import { finishStatement } from '../../store/statements/finish-statement.ts'
import { linesToPost } from '../../store/statements/lines-to-post.ts'
import { receiveBankFile } from '../../store/statements/receive-bank-file.ts'
import { readUpload } from '../../store/uploads/read-upload.ts'
import { saveUpload } from '../../store/uploads/save-upload.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'

/** The gateway whose payments a bank's files show in these tests. */
export const TRANSFERS = 'bank-transfer'

async function* pieces(text: string): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(text))
}

/** Receives a bank's file as the API does. */
export async function receiveBank(sql: Sql, file: string, now: number): Promise<{ statementId: string; isNew: boolean }> {
  const upload = await saveUpload(sql, pieces(file), now)
  return transaction(sql, (tx) =>
    receiveBankFile(tx, { gateway: TRANSFERS, upload, records: bankRecords(readCamt(readUpload(tx, upload.id))), actor: 'test' }, now),
  )
}

/** Books every line of a statement as its run does. */
export async function bookStatement(sql: Sql, statementId: string, now: number): Promise<Wake[]> {
  const wakes: Wake[] = []
  for (const line of await linesToPost(sql, statementId, 10_000)) wakes.push(...(await transaction(sql, (tx) => placeLine(tx, line, now))))
  await transaction(sql, (tx) => finishStatement(tx, statementId, now))
  return wakes
}
