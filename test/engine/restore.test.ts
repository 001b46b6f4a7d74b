import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { matchException } from '../../store/exceptions/resolve.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { check } from '../checker/check.ts'
import { hear } from '../cli/goji.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { eventually } from '../support/eventually.ts'
import { dump, pgTools, restore } from '../support/pg-tools.ts'
import { describeIf } from '../support/skip.ts'
import { by, openRestoreWorld, type RestoreWorld } from './restore-world.ts'

const missing =
  (await reasonMissing('postgres')) ??
  (await reasonMissing('temporal')) ??
  (pgTools() === undefined ? 'PostgreSQL came without pg_dump' : null)
const said = hear()
const won = (minor: bigint) => ({ minor, currency: 'KRW' }) as const

/** The books are put back from a copy; Temporal, the gateway and the channels know what happened since. */
describeIf(missing === null, missing ?? '')('books that are older than what has happened', () => {
  let world: RestoreWorld
  beforeAll(async () => {
    world = await openRestoreWorld()
  }, 120_000)
  afterAll(() => world.stop())

  const bill = async (billId: string) => (await world.engine.root.sql`select * from bills where id = ${billId}`)[0]
  const closed = (id: string): Promise<unknown> => world.engine.client.workflow.getHandle(id).result()
  const refunded = (billId: string) =>
    eventually(`a refund of ${billId} is made`, async () => {
      const rows = await world.engine.root.sql<{ id: string; state: string }[]>`select id, state from refunds where bill_id = ${billId}`
      return rows.length > 0 && rows.every(({ state }) => state === 'succeeded') ? rows.map(({ id }) => id) : undefined
    })
  const delivered = async (institutionId: string, citizen: string, start = true): Promise<string> => {
    const billId = await world.engine.issue({ institutionId, citizen, start })
    if (start) await world.engine.until(billId, 'delivered')
    return billId
  }
  const paid = async (billIds: readonly string[]): Promise<string> => {
    const checkoutId = await world.pageFor(billIds)
    expect(await world.gateway.driver.authorize(checkoutId, 'card')).toBe(true)
    await world.engine.root.engine.reportCheckout(checkoutId)
    expect(await closed(`checkout:${checkoutId}`)).toBe('paid')
    return checkoutId
  }
  /** As an institution orders it, with the same words each time. */
  const giveBack = async (billId: string, minor: bigint): Promise<void> => {
    const order = { billId, amount: won(minor), expected: won(1_000n), note: 'a mistake', cancelCharge: true, actor: 'test' }
    const { wakes } = await transaction(world.engine.root.sql, (tx) => refundBill(tx, order, world.clock.now()))
    await world.engine.root.engine.wake(wakes)
  }
  const checkOf = (doctor: Awaited<ReturnType<RestoreWorld['doctor']>>, name: string) =>
    doctor.findings.find(({ check: one }) => one === name)

  it('are mended: nothing is charged, given back or sent a second time, and a second look finds nothing', async () => {
    const { engine, gateway, talk, mail, clock } = world
    const { root } = engine
    const [town, byTalk, byMail] = [
      await engine.institution('Town', by('inbox')),
      await engine.institution('Talk', by('talk')),
      await engine.institution('Mail', by('mail')),
    ]
    const toPay = await delivered(town, 'a payer')
    const page = await world.pageFor([toPay])
    const partly = await delivered(town, 'one who gets a part back')
    const partlyPage = await paid([partly])
    const [told, written] = [await delivered(byTalk, 'a reader', false), await delivered(byMail, 'a letter reader', false)]
    const dropped = await delivered(town, 'one who pays too late')

    const file = join(world.folder, 'books.dump')
    await dump(engine.databaseUrl, file)

    // Since the copy: a payment, a part given back, notices, a bill that was cancelled while it was paid, and bills of which the copy knows nothing.
    expect(await gateway.driver.authorize(page, 'card')).toBe(true)
    await root.engine.reportCheckout(page)
    await engine.until(toPay, 'paid')
    await giveBack(partly, 300n)
    const [firstRefund] = await refunded(partly)
    await root.engine.sweep([told, written])
    await engine.until(told, 'delivered')
    await engine.until(written, 'delivered')
    const droppedPage = await world.pageFor([dropped])
    const order = { billId: dropped, reason: 'a mistake', actor: 'test' }
    await transaction(root.sql, (tx) => cancelBill(tx, order, clock.now()))
    expect(await gateway.driver.authorize(droppedPage, 'card')).toBe(true)
    await root.engine.reportCheckout(droppedPage)
    await refunded(dropped)
    const forgotten = await delivered(town, 'somebody new')
    const forgottenPage = await world.pageFor([forgotten])
    const lostPayer = await delivered(town, 'somebody else new')
    const lostPage = await paid([lostPayer])
    const before = await world.moved()

    await engine.stopWorker()
    await restore(engine.databaseUrl, file)
    clock.ahead = 60_000

    const sick = await world.doctor(said)
    expect(checkOf(sick, 'forgottenRuns')?.found).toContain(`bill:${forgotten}`)
    expect(checkOf(sick, 'forgottenRuns')?.found).toContain('3 runs belong')
    expect(checkOf(sick, 'booksBehind')?.found).toContain(`bill:${toPay} (paid, stage reconcile / delivered, stage pay)`)

    const { repaired } = await world.doctor(said, '--restored')
    const done = new Map(repaired.map((one) => [one.subject, one.done]))
    expect(done.get(`bill:${forgotten}`)).toBe('ending')
    expect(done.get(`checkout:${forgottenPage}`)).toBe('ending')
    expect(done.get(`bill:${toPay}`)).toBe('woken')
    expect(done.get(`checkout:${page}`)).toBe('asked')
    await engine.startWorker()

    // The books hear of what the gateway and the channel know.
    await engine.until(toPay, 'paid')
    await engine.until(told, 'delivered')
    await engine.until(written, 'delivered')
    expect(talk.sent).toHaveLength(1)
    expect(mail.sent.map(({ request }) => request.key)).toEqual([mail.sent[0]?.request.key, mail.sent[0]?.request.key])
    const [letter] = await root.sql`select possible_duplicate from deliveries where bill_id = ${written}`
    expect(letter).toEqual({ possible_duplicate: true })
    // The institution asks again for what the books have forgotten.
    await giveBack(partly, 300n)
    expect(await refunded(partly)).toEqual([firstRefund])
    // What nobody can know ends: its run, and its page at the gateway.
    await closed(`bill:${forgotten}`)
    await closed(`bill:${lostPayer}`)
    expect(await closed(`checkout:${forgottenPage}`)).toBe('failed')
    expect(await gateway.driver.authorize(forgottenPage, 'card')).toBe(false)
    const { typedSearchAttributes } = await engine.client.workflow.getHandle(`bill:${forgotten}`).describe()
    expect(JSON.stringify(typedSearchAttributes)).toContain('forgotten')
    expect(await world.moved()).toEqual(before)

    await world.settleDay()
    await engine.until(toPay, 'settled')
    await eventually('what the books cannot place stands open', async () => {
      const rows = await root.sql<{ reason: string }[]>`select reason from statement_lines where state = 'exception' order by reason`
      return rows.length === 3 ? rows.map(({ reason }) => reason) : undefined
    }).then((reasons) => expect(reasons).toEqual(['paymentUnknown', 'paymentUnknown', 'refundUnknown']))

    clock.ahead = 120_000
    const well = await eventually('the doctor finds nothing more', async () => {
      const found = await world.doctor(said)
      return checkOf(found, 'runs')?.health === 'ok' ? found : undefined
    })
    expect(checkOf(well, 'ledger')?.health).toBe('ok')
    expect((await world.doctor(said, '--repair')).repaired).toEqual([])

    // The outside checker: only the money whose bills nobody knows any more is not in the books, and it is named.
    const findings = await check({ databaseUrl: engine.databaseUrl, gatewayJournal: gateway.journalFile ?? '' })
    expect(new Set(findings.map(({ id }) => id))).toEqual(
      new Set([lostPage, droppedPage, ...Object.keys(before).filter((key) => isRefundOf(key, firstRefund, before))]),
    )
    expect(await bill(partly)).toMatchObject({ refunded_minor: 300n })
    expect(before[partlyPage]).toBe(1)

    // The institution hands the bill in again, and a person gives it the money that the gateway has.
    clock.ahead = 0
    const anew = await delivered(town, 'somebody else new')
    const [{ session: reference } = { session: '' }] = (await gatewayReferences()).filter(({ key }) => key === lostPage)
    const [exception] = await root.sql<{ id: string }[]>`
      select e.id from exceptions e join statement_lines l on l.id = e.line_id where l.subject_reference = ${reference}`
    const paidThen = { billId: anew, paid: { method: 'card', paidAt: Date.now() - 60_000 } } as const
    const wakes = await transaction(root.sql, (tx) =>
      matchException(tx, { exceptionId: exception?.id ?? '', actor: 'test', ...paidThen }, clock.now()),
    )
    await root.engine.wake(wakes)
    await engine.until(anew, 'settled')
    expect(await world.moved()).toEqual(before)
  }, 240_000)

  it('end the runs of statements, batches and endpoints that they do not know', async () => {
    const { client, root } = world.engine
    const start = (type: string, args: object): Promise<unknown> =>
      client.workflow.execute(type, {
        workflowId: `${type}:${randomUUID()}`,
        taskQueue: root.config.GOJI_TASK_QUEUE,
        args: [args],
      })
    const nobody = '0'.repeat(26)
    expect(await start('statement', { statementId: `stm_${nobody}` })).toEqual({ posted: 0, exceptions: 0 })
    expect(await start('issueBatch', { batchId: `bat_${nobody}` })).toBe('cancelled')
    expect(await start('webhook', { endpointId: `whe_${nobody}` })).toBeUndefined()
  }, 60_000)

  /** The gateway's own reference of each capture. */
  const gatewayReferences = async (): Promise<{ key: string; session: string }[]> =>
    (await world.gateway.driver.journal()).map(({ key, reference }) => ({ key, session: reference }))

  const isRefundOf = (key: string, known: string | undefined, all: Readonly<Record<string, number>>): boolean =>
    key.startsWith('ref_') && key !== known && all[key] === 1
})
