import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { BooksMetrics } from '../../composition/metrics/books.ts'
import { money } from '../../domain/money.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { postLine } from '../../store/commands/post-line.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { billStages } from '../../store/metrics/bill-stages.ts'
import { stopProvider } from '../../store/providers/switch-provider.ts'
import { linesToPost } from '../../store/statements/lines-to-post.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { readScrape, type Scrape, valueOf } from '../support/scrape.ts'
import { capture, describeStore, HOUR, type Institution, NOW, one, open, openStore, type Store } from './support.ts'

const MINUTE = 60_000

describeStore('the metrics of the books', () => {
  let store: Store
  let town: Institution
  const clock = { at: NOW, now: () => clock.at }
  const adapters = { channelNames: ['post'], gatewayNames: ['gate'] }
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  // What is measured here is what should not be.
  afterAll(() => store.close('broken'))

  const watch = (): { read: () => Promise<Scrape> } => {
    const register = new Registry()
    const books = new BooksMetrics({ sql: store.sql, clock, adapters: adapters as never }, pino({ level: 'silent' }), register)
    return {
      read: async () => {
        await books.refresh()
        return readScrape(await register.metrics())
      },
    }
  }
  const flows = (found: Scrape, name = 'goji_money_minor_units_total'): Record<string, number> =>
    Object.fromEntries(found.samples.filter((one) => one.name === name).map(({ labels, value }) => [labels['flow'] ?? '', value]))

  it('count every booking once, a minute late, each in its own flow', async () => {
    const { read } = watch()
    expect(flows(await read())).toEqual({})
    const billId = await town.issued()
    const checkoutId = await open(store, [billId])
    await capture(store, checkoutId)
    clock.at += 10_000
    expect(flows(await read())).toEqual({})
    clock.at += 2 * MINUTE
    expect(flows(await read())).toEqual({ captured: 10_000 })
    clock.at += 2 * MINUTE
    expect(flows(await read())).toEqual({ captured: 10_000 })

    // Cancelled while the citizen paid: it goes back. And the gateway settles the first.
    const late = await town.issued()
    const other = await open(store, [late], clock.at)
    await store.run((tx) => cancelBill(tx, { billId: late, reason: 'x', actor: 'test' }, clock.at))
    await capture(store, other, undefined, clock.at)
    const [refund] = await store.sql<{ id: string }[]>`select id from refunds where bill_id = ${late}`
    await store.run((tx) => beginRefund(tx, refund?.id ?? '', clock.at))
    const succeeded = { status: 'succeeded', reference: 'back', refundedAt: clock.at } as const
    await store.run((tx) => recordRefund(tx, refund?.id ?? '', succeeded, clock.at))
    const line = {
      lineReference: 'line',
      kind: 'payment',
      reference: `ref-${checkoutId}`,
      settledAt: clock.at,
      gross: money(10_000n, 'KRW'),
      fee: money(100n, 'KRW'),
      net: money(9_900n, 'KRW'),
    } as const
    const { statementId } = await store.run((tx) =>
      receiveStatement(tx, { gateway: 'gate', file: { name: 'file', lines: [line] }, content: 'file', actor: 'engine' }, clock.at),
    )
    for (const id of await linesToPost(store.sql, statementId, 10)) await store.run((tx) => postLine(tx, id, clock.at))
    clock.at += 2 * MINUTE
    const found = await read()
    expect(flows(found)).toEqual({ captured: 20_000, excess: 10_000, refunded: 10_000, settled: 10_000 })
    expect(flows(found, 'goji_money_bookings_total')).toEqual({ captured: 2, excess: 1, refunded: 1, settled: 1 })
    expect(valueOf(found, 'goji_money_minor_units_total', { currency: 'KRW' })).toBe(50_000)
  })

  it('catch up after a pause, stretch by stretch, and miss nothing', async () => {
    const { read } = watch()
    for (let hour = 0; hour < 3; hour++) {
      clock.at += HOUR / 6
      await capture(store, await open(store, [await town.issued()], clock.at), undefined, clock.at)
    }
    clock.at += 2 * MINUTE
    const seen: (number | undefined)[] = []
    for (let scrapes = 0; scrapes < 5; scrapes++) {
      seen.push(flows(await read())['captured'])
      clock.at += 10_000
    }
    expect(seen.at(-1)).toBe(30_000)
    expect(seen[0]).not.toBe(30_000)
  })

  it('tell the size and age of what does not move', async () => {
    clock.at += HOUR
    const { read } = watch()
    const before = await read()
    const backlog = (found: Scrape, name: string): unknown[] => [
      valueOf(found, 'goji_backlog_items', { backlog: name }),
      valueOf(found, 'goji_backlog_oldest_age_seconds', { backlog: name }),
    ]
    await store.admin`update facts set applied_at = recorded_at`
    await store.admin`update bills set wake_at = null`
    await store.admin`update checkouts set ended_at = created_at`
    clock.at += 10_000
    const clean = await read()
    for (const name of ['unappliedFacts', 'oversleptBills', 'overdueCheckouts', 'refundsUnderWay'])
      expect([name, ...backlog(clean, name)]).toEqual([name, 0, 0])
    expect(backlog(before, 'unappliedFacts')).not.toEqual([0, 0])

    const billId = await town.issued()
    const checkoutId = await open(store, [billId])
    const { created_at: begun } = await one<{ created_at: Date }>(store.admin, 'checkouts', checkoutId)
    await store.admin`update facts set recorded_at = ${new Date(clock.at - 90_000)}, applied_at = null where bill_id = ${billId}`
    await store.admin`update bills set wake_at = ${new Date(clock.at - 300_000)} where id = ${billId}`
    await store.admin`update checkouts set expires_at = ${new Date(clock.at - 600_000)} where id = ${checkoutId}`
    await store.admin`
      insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at)
      values ('exc_a', ${billId}, ${town.id}, 'settlementLate', ${billId}, 'operations', ${new Date(clock.at - 86_400_000)})`
    await store.run((tx) => stopProvider(tx, { kind: 'gateway', name: 'gate', reason: 'x', actor: 'test' }, clock.at - 60_000))
    clock.at += 10_000
    const found = await read()
    expect(begun).toBeDefined()
    expect(backlog(found, 'unappliedFacts')).toEqual([expect.any(Number), 100])
    expect(backlog(found, 'oversleptBills')).toEqual([1, 310])
    expect(backlog(found, 'overdueCheckouts')).toEqual([1, 610])
    expect(valueOf(found, 'goji_exceptions_open', { kind: 'settlementLate' })).toBe(1)
    expect(valueOf(found, 'goji_exceptions_oldest_age_seconds', { kind: 'settlementLate' })).toBe(86_410)
    expect(valueOf(found, 'goji_provider_stopped', { kind: 'gateway', provider: 'gate' })).toBe(1)
    expect(valueOf(found, 'goji_provider_stopped_age_seconds', { kind: 'gateway', provider: 'gate' })).toBe(70)
    expect(valueOf(found, 'goji_provider_stopped', { kind: 'channel', provider: 'post' })).toBe(0)
  })

  it('count bills by stage and status, all of them while the table is small and a sample of a larger one', async () => {
    const [all] = await store.sql<{ bills: number }[]>`select count(*)::int as bills from bills`
    const { sampled, stages } = await billStages(store.sql)
    expect(sampled).toBe(1)
    expect(stages.reduce((sum, { bills }) => sum + bills, 0)).toBe(all?.bills)
    const [size] = await store.sql<{ pages: number }[]>`select (pg_relation_size('bills') / 8192)::int as pages`
    expect((await billStages(store.sql, 1)).sampled).toBe(1 / (size?.pages ?? 0))
  })

  it('ask the database once for scrapes at a time', async () => {
    clock.at += HOUR
    const { read } = watch()
    const figures = async (): Promise<unknown> => valueOf(await read(), 'goji_bills', { status: 'issued' })
    const first = await figures()
    await town.issued()
    expect(await figures()).toBe(first)
    clock.at += 5_000
    expect(await figures()).toBe(Number(first) + 1)
  })

  it('say that the books cannot be read, and fail no scrape', async () => {
    const lost = await openStore()
    const register = new Registry()
    const books = new BooksMetrics({ sql: lost.sql, clock, adapters: adapters as never }, pino({ level: 'silent' }), register)
    await books.refresh()
    expect(valueOf(readScrape(await register.metrics()), 'goji_books_readable')).toBe(1)
    await lost.close()
    clock.at += 10_000
    await books.refresh()
    expect(valueOf(readScrape(await register.metrics()), 'goji_books_readable')).toBe(0)
  })
})
