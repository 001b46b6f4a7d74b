import { beforeAll, expect, it } from '@jest/globals'
import type { WireMoney } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'
import { issueRow } from '../../store/commands/issue-row.ts'
import { describeIf } from '../support/skip.ts'
import { file, HEADER, makeBatch, mapping, upload } from './batch-world.ts'
import { POLICY } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

const won = (amount: string): WireMoney => ({ amount, currency: 'KRW' })
const LETTERS = [{ channel: 'paper', column: '앱' }]
const DAY = 86_400_000

describeIf(missing === null, missing ?? '')('the preview of a batch', () => {
  const world = openWorld()
  let city: Tenant
  beforeAll(async () => {
    city = await world().tenant('city')
  })
  async function setPolicy(changes: Partial<Policy>): Promise<void> {
    const body = { title: { ko: '고지', en: 'Bill' }, policy: { ...POLICY, ...changes } }
    const answer = await world().put(`/v1/institutions/${city.id}/policies/bill`, { key: world().operator, body })
    if (answer.status !== 201) throw new Error(answer.text)
  }
  const preview = async (id: string): Promise<Record<string, unknown>> =>
    (await world().get(`/v1/batches/${id}/preview`, { key: city.key })).body as never
  const row = (number: string, app: string): string => `${number},R-${number},김하늘,자동차세,"128,500",2026.12.31,${app}`
  const withRows = async (changes: Readonly<Record<string, unknown>>, ...rows: readonly string[]): Promise<string> => {
    const id = await makeBatch(world(), city, changes)
    const answer = await upload(world(), city, id, file(...rows))
    if (answer.status !== 200) throw new Error(answer.text)
    return id
  }

  it('prices each channel of the chain, and what comes of it', async () => {
    await setPolicy({ costs: { app: won('15'), paper: won('430') }, registeredLetter: won('3260') })
    const id = await withRows({ contacts: LETTERS }, row('1', '한강로 1'), row('2', '한강로 2'), row('3', ''))
    expect((await preview(id))['costs']).toEqual({
      steps: [
        { policy: 'bill', step: 1, channel: 'app', price: won('15'), bills: 3, cost: won('45') },
        { policy: 'bill', step: 2, channel: 'paper', price: won('430'), bills: 2, cost: won('860') },
      ],
      firstStep: won('45'),
      wholeChain: won('905'),
      registeredLetters: won('9780'),
    })
  })

  it('leaves out every figure that hangs on a price that nobody knows', async () => {
    await setPolicy({ costs: { app: won('15') } })
    const id = await withRows({ contacts: LETTERS }, row('11', '한강로 1'), row('12', '한강로 2'))
    expect((await preview(id))['costs']).toEqual({
      steps: [
        { policy: 'bill', step: 1, channel: 'app', price: won('15'), bills: 2, cost: won('30') },
        { policy: 'bill', step: 2, channel: 'paper', price: null, bills: 2, cost: null },
      ],
      firstStep: won('30'),
      wholeChain: null,
      registeredLetters: null,
    })
  })

  it('knows until when each bill may be paid, and so does the bill', async () => {
    await setPolicy({ handBackAfter: 'P90D' })
    const columns = { ...(mapping()['columns'] as object), validUntil: '앱' }
    const id = await withRows({ columns, contacts: [] }, row('21', '2027.01.31'), row('22', ''), row('23', '2026.12.01'))
    const days = (await preview(id))['days'] as { date: string; expired: number; handedBack: number }[]
    const expired = days.filter((day) => day.expired > 0).map((day) => [day.date, day.expired])
    // The last of them is due later than it ends, and never ends before it is due.
    expect(expired).toEqual([
      ['2027-01-01', 1],
      ['2027-02-01', 1],
    ])
    expect(days.reduce((sum, day) => sum + day.handedBack, 0)).toBe(1)
    await world().post(`/v1/batches/${id}/issue`, { key: city.key, body: {} })
    for (const number of [2, 3]) expect(await issueRow(world().root.sql, { batchId: id, row: number }, NOW)).toHaveProperty('wake')
    const rows = (await world().get(`/v1/batches/${id}/rows`, { key: city.key })).body.data as unknown as { bill: string | null }[]
    const bills = await Promise.all(rows.slice(0, 2).map(({ bill }) => world().get(`/v1/bills/${bill}`, { key: city.key })))
    expect(bills.map(({ body }) => body)).toMatchObject([{ validUntil: '2027-01-31' }, { validUntil: null }])
    // Issued so late that nobody could pay it any more.
    const late = await issueRow(world().root.sql, { batchId: id, row: 4 }, NOW + 30 * DAY)
    expect(late).toEqual({ failed: 'valid_until_before_issue' })
  })

  it.each([
    ['a day of no calendar', '2026.02.30', '5', 'value_invalid'],
    ['a day in another format', '2027-01-31', '5', 'value_invalid'],
    ['a day before the issue', '2026.11.01', '5', 'valid_until_before_issue'],
    ['a year of nobody', '9999.01.01', '5', 'date_out_of_range'],
    ['a notice that asks for nothing', '2027.01.31', '', 'valid_until_without_amount'],
  ])('is refused for %s as the end of a bill', async (_, until, amount, code) => {
    const columns = { ...(mapping()['columns'] as object), validUntil: '앱' }
    const id = await makeBatch(world(), city, { columns, contacts: [], emptyAmount: 'notice' })
    const content = `${HEADER}\nV-1,R-1,김하늘,자동차세,${amount},2026.12.31,${until}\n`
    expect(await upload(world(), city, id, content)).toMatchObject({ body: { counts: { invalid: 1 } } })
    const { body } = await world().get(`/v1/batches/${id}/rows`, { key: city.key })
    expect(body.data).toMatchObject([{ problems: [{ code, column: '앱', pointer: '/validUntil' }] }])
  })
})
