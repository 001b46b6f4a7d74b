import { GojiError } from '../../domain/errors.ts'
import { readCamt } from '../../formats/camt/read-camt.ts'
import type { CamtRecord, Entry } from '../../formats/camt/records.ts'
import { camtTotals, totalsView } from '../../formats/totals.ts'

const bytes = (file: string | Uint8Array): Uint8Array[] => [typeof file === 'string' ? Buffer.from(file) : file]

export async function recordsOf(file: string | Uint8Array): Promise<CamtRecord[]> {
  const records: CamtRecord[] = []
  for await (const record of readCamt(bytes(file))) records.push(record)
  return records
}

export const entriesOf = async (file: string | Uint8Array): Promise<Entry[]> =>
  (await recordsOf(file)).flatMap((record) => (record.type === 'entry' ? [record.entry] : []))

export const totalsOf = async (file: string | Uint8Array) => totalsView(await camtTotals(readCamt(bytes(file))))

/** The code and words with which a file is refused. */
export async function refusalOf(file: string | Uint8Array): Promise<{ code: string; message: string }> {
  try {
    await recordsOf(file)
  } catch (error) {
    if (error instanceof GojiError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('the file was taken')
}
