import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { pino } from 'pino'
import { diagnoseAnchors } from '../../composition/diagnosis/anchors.ts'
import type { Root } from '../../composition/root.ts'
import { type BegunDelivery, beginDelivery } from '../../store/commands/begin-delivery.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { beginRefund } from '../../store/commands/refund.ts'
import type { Tx } from '../../store/connection.ts'
import { lostHeads } from '../../store/log/lost-heads.ts'
import { recordRestore } from '../../store/restores/record-restore.ts'
import { pauseBill } from '../../store/commands/pause-bill.ts'
import { postLine } from '../../store/commands/post-line.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { type HowPaid, matchException } from '../../store/exceptions/resolve.ts'
import { ledgerBalanced } from '../../store/reports/ledger-balanced.ts'
import { linesToPost } from '../../store/statements/lines-to-post.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { coded, DAY, describeStore, HOUR, type Institution, NOW, one, open, openStore, type Store } from './support.ts'
import { startAnchor } from '../../workers/anchor.ts'

const krw = (minor: bigint) => ({ minor, currency: 'KRW' as const })

describeStore('books that were put back from an older copy', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  /** Does it, and has the books forget it again, as a restore would. */
  async function forgotten<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let result: T | undefined
    const forget = new Error('forget it')
    await store
      .run(async (tx) => {
        result = await work(tx)
        throw forget
      })
      .catch((error: unknown) => expect(error).toBe(forget))
    return result as T
  }
  const capture = (checkoutId: string, now: number) => async (tx: Tx) => {
    const report = { status: 'captured', amount: krw(10_000n), method: 'card', paidAt: NOW } as const
    await recordCapture(tx, checkoutId, report, now)
    return (await tx<{ id: string }[]>`select id from payments where checkout_id = ${checkoutId}`).map(({ id }) => id)
  }
  const giveBack = (billId: string, minor: bigint, left: bigint, now: number) => async (tx: Tx) =>
    (await refundBill(tx, { billId, amount: krw(minor), expected: krw(left), note: 'x', cancelCharge: true, actor: 'test' }, now)).refundIds
  const begin = (billId: string, now: number) => (tx: Tx) => beginDelivery(tx, billId, 'notice:inbox', now)
  const idOf = (begun: BegunDelivery): string => (begun.due ? begun.deliveryId : '')

  it('make the same payment, refund and delivery again that they have forgotten', async () => {
    const billId = await town.issued()
    const checkoutId = await open(store, [billId])
    const sent = await forgotten(begin(billId, NOW))
    expect(idOf(await forgotten(begin(billId, NOW + DAY)))).toBe(idOf(sent))
    const before = await forgotten(capture(checkoutId, NOW))
    expect(await store.run(capture(checkoutId, NOW + HOUR))).toEqual(before)
    const [first] = await forgotten(giveBack(billId, 300n, 10_000n, NOW))
    const [other] = await store.run(giveBack(billId, 200n, 10_000n, NOW + HOUR))
    const [again] = await store.run(giveBack(billId, 300n, 9_800n, NOW + DAY))
    const [second] = await store.run(giveBack(billId, 300n, 9_500n, NOW + DAY))
    expect(again).toBe(first)
    expect(new Set([first, other, second]).size).toBe(3)
  })

  it('ask first about what was due before, and only about that', async () => {
    const [old, paid] = [await town.issued(), await town.issued()]
    const checkoutId = await open(store, [paid])
    await store.run(capture(checkoutId, NOW))
    expect(await forgotten(begin(old, NOW))).toMatchObject({ due: true, mayBeSent: false })
    const refunds = await store.run(giveBack(paid, 300n, 10_000n, NOW))
    expect(await forgotten((tx) => beginRefund(tx, refunds[0] ?? '', NOW))).toMatchObject({ askFirst: false })

    await store.run((tx) => recordRestore(tx, 'test', NOW + HOUR))
    expect(await forgotten(begin(old, NOW + HOUR))).toMatchObject({ due: true, mayBeSent: true })
    expect(await forgotten((tx) => beginRefund(tx, refunds[0] ?? '', NOW + HOUR))).toMatchObject({ askFirst: true })
    const later = await town.bill({ issueAt: NOW + DAY })
    await store.run((tx) => takeStep(tx, later, 'issue', NOW + DAY))
    expect(await forgotten(begin(later, NOW + DAY))).toMatchObject({ due: true, mayBeSent: false })
  })

  it('go on with the feed behind every place that was ever read', async () => {
    const [before] = await store.sql<{ last: bigint }[]>`select last from event_feed`
    await store.run((tx) => recordRestore(tx, 'test', NOW + 2 * HOUR))
    const [after] = await store.sql<{ last: bigint }[]>`select last from event_feed`
    expect((after?.last ?? 0n) - (before?.last ?? 0n)).toBe(1_000_000_000n)
  })

  it('take a payment that only the gateway has for the bill that a person names, settled, and what is too much goes back', async () => {
    const billId = await town.issued()
    const money = (minor: bigint) => krw(minor)
    const line = {
      lineReference: 'line-1',
      kind: 'payment',
      reference: 'pay-forgotten',
      gross: money(12_000n),
      fee: money(100n),
      net: money(11_900n),
      settledAt: NOW + DAY,
    } as const
    const file = { gateway: 'gate', file: { name: 'day-1', lines: [line] }, content: 'x', actor: 'test' }
    const { statementId } = await store.run((tx) => receiveStatement(tx, file, NOW + DAY))
    for (const lineId of await linesToPost(store.sql, statementId, 10)) await store.run((tx) => postLine(tx, lineId, NOW + DAY))
    const [exception] = await store.sql<{ id: string; reason: string }[]>`
      select e.id, e.reason from exceptions e join statement_lines l on l.id = e.line_id where l.statement_id = ${statementId}`
    expect(exception?.reason).toBe('paymentUnknown')
    const deed = { exceptionId: exception?.id ?? '', actor: 'test', billId }
    const match = (paid?: HowPaid) => store.run((tx) => matchException(tx, { ...deed, ...(paid ? { paid } : {}) }, NOW + 2 * DAY))
    await expect(match()).rejects.toEqual(coded('line_does_not_fit'))
    await expect(match({ method: 'card', paidAt: NOW + 2 * DAY })).rejects.toEqual(coded('line_does_not_fit'))
    await match({ method: 'card', paidAt: NOW })
    await expect(match({ method: 'card', paidAt: NOW })).rejects.toEqual(coded('exception_closed'))
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled', paid_minor: 10_000n, settled_minor: 10_000n })
    const refunds = await store.sql`select amount_minor, reason from refunds where bill_id = ${billId}`
    expect(refunds).toEqual([{ amount_minor: 2_000n, reason: 'paidTwice' }])
    const [placed] = await store.sql`select state, rule from statement_lines where statement_id = ${statementId}`
    expect(placed).toEqual({ state: 'posted', rule: 'person' })
    expect(await ledgerBalanced(store.sql)).toBe(true)
  })

  it('lack heads that were written elsewhere', async () => {
    const billId = await town.issued()
    const subject = `bill:${billId}`
    const heads = await store.sql<
      { subject: string; seq: number; hash: Buffer }[]
    >`select subject, seq, hash from log where subject = ${subject}`
    expect(await lostHeads(store.sql, heads)).toEqual([])
    const [head] = heads
    if (head === undefined) throw new Error('there is no log')
    expect(await lostHeads(store.sql, [{ ...head, seq: 99 }])).toEqual([subject])
    expect(await lostHeads(store.sql, [{ ...head, hash: Buffer.alloc(32) }])).toEqual([subject])
  })

  it('are shorter than what was written outside, until the restore is on record', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'goji-anchors-'))
    const billId = await town.issued()
    const later = NOW + 10 * DAY
    await store.run((tx) => pauseBill(tx, { billId, reason: 'x', actor: 'test' }, later))
    const root = { sql: store.sql, clock: { now: () => later }, config: { GOJI_ANCHOR_FOLDER: folder, GOJI_ANCHOR_SECRET: 's'.repeat(32) } }
    await startAnchor(root as unknown as Root, pino({ level: 'silent' })).stop()
    await appendFile(join(folder, '2026-03-12.jsonl'), '{"block":"{torn')
    const look = async () => (await diagnoseAnchors(store.sql, folder)).map(({ check, health, found }) => [check, health, found])
    expect(await look()).toEqual([['anchoredLogs', 'ok', 'The log holds the 1 newest heads that were written outside the database.']])
    const block = JSON.stringify({ version: 1, at: later, previous: '', heads: [[`bill:${billId}`, 99, '00'.repeat(32)]] })
    await appendFile(join(folder, '2026-03-13.jsonl'), `${JSON.stringify({ block, signature: 'x' })}\n`)
    expect(await look()).toEqual([['anchoredLogs', 'wrong', expect.stringContaining(`first bill:${billId}`)]])
    await store.run((tx) => recordRestore(tx, 'test', later + 1))
    expect(await look()).toEqual([])
    expect(await diagnoseAnchors(store.sql, join(folder, 'nowhere'))).toEqual([])
    await rm(folder, { recursive: true })
  })

  it('are told to be unreadable where they are', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'goji-anchors-'))
    await writeFile(join(folder, 'file'), '')
    expect(await diagnoseAnchors(store.sql, join(folder, 'file'))).toMatchObject([
      {
        check: 'anchoredLogs',
        health: 'wrong',
        found: expect.stringContaining('(ENOTDIR)'),
        remedy: expect.stringContaining('GOJI_ANCHOR_FOLDER'),
      },
    ])
    await rm(folder, { recursive: true })
  })
})
