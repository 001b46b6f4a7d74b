import type { World, Tenant } from './world.ts'
import type { Answer } from './client.ts'

export const HEADER = '고지번호,납부자,성명,고지명,금액,납기,앱'
export const GOOD = 'B-1,R-1,김하늘,자동차세,"128,500",2026.12.31,haneul'

/** A mapping of those columns; `changes` at its top level. */
export const mapping = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  currency: 'KRW',
  language: 'ko',
  dateFormat: 'YYYY.MM.DD',
  amountFormat: '1,234.50',
  columns: { billNumber: '고지번호', citizen: '납부자', citizenName: '성명', title: '고지명', amount: '금액', dueDate: '납기' },
  defaults: { policy: 'bill' },
  contacts: [{ channel: 'app', column: '앱' }],
  ...changes,
})

export const file = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`
export const rowOf = (index: number): string => `B-${index},R-${index},김하늘,자동차세,"128,500",2026.12.31,app-${index}`

export async function makeBatch(world: World, tenant: Tenant, changes?: Readonly<Record<string, unknown>>): Promise<string> {
  const { status, body, text } = await world.post('/v1/batches', { key: tenant.key, body: { name: '시험', mapping: mapping(changes) } })
  if (status !== 201) throw new Error(`the batch was not made: ${text}`)
  return body.id
}

export const upload = (world: World, tenant: Tenant, id: string, content: string | Buffer, type = 'text/csv'): Promise<Answer> =>
  world.put(`/v1/batches/${id}/rows`, { key: tenant.key, body: content, headers: { 'content-type': type } })
