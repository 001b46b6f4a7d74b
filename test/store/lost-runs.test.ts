import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { lostCheckouts } from '../../store/checkouts/lost-checkouts.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { finishStatement } from '../../store/statements/finish-statement.ts'
import { lostStatements } from '../../store/statements/lost-statements.ts'
import { DAY, describeStore, NOW, one, open, openStore, type Store } from './support.ts'

const GRACE = 60_000
const LIMIT = { grace: GRACE, limit: 10 }

describeStore('runs of checkouts and statements that were lost', () => {
  let store: Store
  beforeAll(async () => {
    store = await openStore()
  })
  afterAll(() => store.close())

  /** The minutes from `from` in which `find` names `id`. */
  async function minutes(find: (now: number) => Promise<string[]>, id: string, from: number): Promise<number[]> {
    const found: number[] = []
    for (let minute = 0; minute <= 20; minute++) if ((await find(from + minute * GRACE + 1)).includes(id)) found.push(minute)
    return found
  }
  const checkouts = (now: number): Promise<string[]> => lostCheckouts(store.sql, now, LIMIT)
  const statements = (now: number): Promise<string[]> => lostStatements(store.sql, now, LIMIT)

  it('are found a grace after the end of an open checkout, then half as often each time', async () => {
    const checkoutId = await open(store, [await (await store.institution()).issued()])
    const { expires_at: end } = await one<{ expires_at: number }>(store.sql, 'checkouts', checkoutId)
    expect(await minutes(checkouts, checkoutId, end - 30 * GRACE)).toEqual([])
    expect(await minutes(checkouts, checkoutId, end)).toEqual([1, 2, 4, 8, 16])
    await store.run((tx) => endCheckout(tx, checkoutId, 'expire', { now: end + DAY }))
    expect(await checkouts(end + 99 * DAY)).toEqual([])
  })

  it('are found a grace after a statement was received, until it is posted', async () => {
    const file = { name: 'lost', lines: [] }
    const { statementId } = await store.run((tx) => receiveStatement(tx, { gateway: 'gate', file, content: '', actor: 'engine' }, NOW))
    expect(await minutes(statements, statementId, NOW)).toEqual([1, 2, 4, 8, 16])
    await store.run((tx) => finishStatement(tx, statementId, NOW + DAY))
    expect(await statements(NOW + 99 * DAY)).toEqual([])
  })
})
