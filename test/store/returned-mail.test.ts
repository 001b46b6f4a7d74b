import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Policy } from '../../domain/policy.ts'
import type { ReturnReason } from '../../domain/return-reason.ts'
import { citizenOf, giveAddress } from '../../store/citizens/give-address.ts'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { look } from '../../store/commands/look.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { resendReturned, resendTo } from '../../store/commands/resend-returned.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { citizen, coded, DAY, describeStore, HOUR, type Institution, NOW, one, openStore, type Store } from './support.ts'

const OLD = '목동동로 105|07995|KR'
const NEW = '신정로 1|08000|KR'
const chain: Policy['chain'] = [
  { channel: 'letter', wait: 'P10D', until: 'delivered', needsAddress: true, silent: true, recalls: true },
  { channel: 'sms', wait: 'P1D', until: 'delivered', needsAddress: true },
]
const rules: Partial<Policy> = { chain, proofOfService: 'delivered', due: { from: 'service', after: 'P30D' }, reminders: [] }

describeStore('letters that come back', () => {
  let store: Store
  let town: Institution
  let people = 0
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution(rules)
  })
  afterAll(() => store.close())

  /** A bill whose letter was posted, to somebody who has a mobile number too or has not. */
  async function posted(alsoBySms = false, institution = town) {
    const word = `person-${(people += 1)}`
    const contacts = [{ channel: 'letter', address: OLD }, ...(alsoBySms ? [{ channel: 'sms', address: '010-1234-5678' }] : [])]
    const billId = await institution.issued({ citizen: { ...citizen(word), contacts } })
    const { deliveryId } = await begin(billId, 'notice:letter')
    await receive(deliveryId, { level: 'accepted', at: NOW, reference: 'r' })
    return { billId, deliveryId, hash: citizen(word).identifierHash }
  }
  async function begin(billId: string, key: string, now = NOW) {
    const begun = await store.run((tx) => beginDelivery(tx, billId, key, now))
    if (!begun.due) throw new Error(`${key} is not due`)
    return begun
  }
  const receive = (deliveryId: string, receipt: Parameters<typeof recordReceipt>[2], now = NOW) =>
    store.run((tx) => recordReceipt(tx, deliveryId, receipt, now))
  const comeBack = (deliveryId: string, reason: ReturnReason, at: number) =>
    receive(deliveryId, { level: 'returned', reason, at, reference: 'r' }, at)
  const plan = (billId: string, now: number) => store.run((tx) => look(tx, billId, now))
  const mine = { institutionId: '', mode: 'test' as const }
  const owner = (institution = town) => ({ ...mine, institutionId: institution.id })

  it('take back the proof of service and move the due date with it (N1)', async () => {
    const { billId, deliveryId } = await posted(true)
    await receive(deliveryId, { level: 'delivered', at: NOW + DAY, reference: 'r' }, NOW + DAY)
    expect((await plan(billId, NOW + DAY)).dueAt).not.toBeNull()
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'delivered' })
    const wakes = await comeBack(deliveryId, 'moved', NOW + 9 * DAY)
    expect(wakes).toMatchObject([{ billId, kind: 'noticeReturned' }])
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'issued', charged_minor: 10_000n, surcharged_minor: 0n })
    const next = await plan(billId, NOW + 9 * DAY)
    expect(next).toMatchObject({ dueAt: null, step: { kind: 'send', key: 'notice:sms' }, at: NOW + 9 * DAY })
    const { deliveryId: text } = await begin(billId, 'notice:sms', NOW + 9 * DAY)
    await receive(text, { level: 'delivered', at: NOW + 9 * DAY + HOUR, reference: 'r' }, NOW + 9 * DAY + HOUR)
    // Thirty days from the ninth day, to the end of that day in Seoul.
    expect((await plan(billId, NOW + 10 * DAY)).dueAt).toBe(Date.parse('2026-04-10T23:59:59.999+09:00'))
  })

  it('end being overdue, and take back what was charged for being late', async () => {
    const strict = await store.institution({ ...rules, late: { once: '3' } })
    const { billId, deliveryId } = await posted(false, strict)
    await receive(deliveryId, { level: 'delivered', at: NOW, reference: 'r' })
    const late = NOW + 40 * DAY
    await store.run((tx) => takeStep(tx, billId, 'fallDue', late))
    await store.run((tx) => takeStep(tx, billId, 'surcharge', late))
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'overdue', charged_minor: 10_300n })
    await comeBack(deliveryId, 'unknown', late)
    expect(await one(store.sql, 'bills', billId)).toMatchObject({
      status: 'issued',
      charged_minor: 10_000n,
      surcharged_minor: 0n,
      surcharges: 0,
    })
  })

  it('open a task where no other channel is left, once', async () => {
    const { billId, deliveryId } = await posted()
    await comeBack(deliveryId, 'insufficientAddress', NOW + DAY)
    expect(await plan(billId, NOW + DAY)).toMatchObject({ stage: 'deliver', step: { kind: 'askAboutReturn' }, at: NOW + DAY })
    for (let turn = 0; turn < 2; turn++) await store.run((tx) => takeStep(tx, billId, 'askAboutReturn', NOW + DAY))
    expect(await store.sql`select kind, subject_id, owner, opened_at, closed_at from exceptions where bill_id = ${billId}`).toEqual([
      { kind: 'returnedMail', subject_id: deliveryId, owner: 'institution', opened_at: NOW + DAY, closed_at: null },
    ])
    expect((await plan(billId, NOW + DAY)).step?.kind).not.toBe('askAboutReturn')
  })

  it('go to no other channel where the citizen has died', async () => {
    const { billId, deliveryId } = await posted(true)
    await comeBack(deliveryId, 'deceased', NOW + DAY)
    expect(await plan(billId, NOW + DAY)).toMatchObject({ step: { kind: 'askAboutReturn' } })
  })

  it('are sent again to a new address, under a key of their own', async () => {
    const { billId, deliveryId } = await posted()
    await comeBack(deliveryId, 'moved', NOW + DAY)
    await store.run((tx) => takeStep(tx, billId, 'askAboutReturn', NOW + DAY))
    const order = { deliveryId, address: undefined, actor: 'key:test' }
    await expect(store.run((tx) => resendReturned(tx, owner(), order, NOW + 2 * DAY))).rejects.toEqual(coded('address_missing'))
    const wakes = await store.run((tx) => resendReturned(tx, owner(), { ...order, address: NEW }, NOW + 2 * DAY))
    expect(wakes).toMatchObject([{ billId, kind: 'addressGiven' }])
    await expect(store.run((tx) => resendReturned(tx, owner(), { ...order, address: NEW }, NOW + 2 * DAY))).rejects.toEqual(
      coded('delivery_not_returned'),
    )
    expect(await plan(billId, NOW + 2 * DAY)).toMatchObject({ step: { kind: 'send', key: 'notice:letter#2' }, at: NOW + 2 * DAY })
    expect(await begin(billId, 'notice:letter#2', NOW + 2 * DAY)).toMatchObject({ address: NEW, attempt: 1 })
    expect(await store.sql`select outcome, closed_at from exceptions where bill_id = ${billId}`).toEqual([
      { outcome: 'resent', closed_at: NOW + 2 * DAY },
    ])
  })

  it('are sent to the same address again where they were refused', async () => {
    const { billId, deliveryId } = await posted()
    await comeBack(deliveryId, 'refused', NOW + DAY)
    await store.run((tx) => resendReturned(tx, owner(), { deliveryId, address: undefined, actor: 'key:test' }, NOW + DAY))
    expect(await begin(billId, 'notice:letter#2', NOW + DAY)).toMatchObject({ address: OLD })
  })

  it('make an address useless for later bills, until another is given', async () => {
    const { billId, deliveryId, hash } = await posted()
    await comeBack(deliveryId, 'moved', NOW + DAY)
    const contacts = [{ channel: 'letter', address: OLD }]
    const again = await town.issued({ citizen: { ...citizen('x'), identifierHash: hash, contacts } })
    expect((await plan(again, NOW + DAY)).step).not.toMatchObject({ kind: 'send' })
    const wiser = await town.issued({ citizen: { ...citizen('x'), identifierHash: hash, contacts: [{ channel: 'letter', address: NEW }] } })
    expect(await begin(wiser, 'notice:letter', NOW + DAY)).toMatchObject({ address: NEW })
    const citizenId = await store.run((tx) => citizenOf(tx, owner(), hash))
    expect(await store.run((tx) => resendTo(tx, citizenId, 'letter', 'key:test', NOW + DAY))).toMatchObject([{ billId }])
  })

  it('let no institution redirect what another sends', async () => {
    const { hash } = await posted()
    const other = await store.institution(rules)
    await expect(store.run((tx) => citizenOf(tx, owner(other), hash))).rejects.toEqual(coded('citizen_not_found'))
    await other.issued({ citizen: { ...citizen('x'), identifierHash: hash, contacts: [] } })
    const citizenId = await store.run((tx) => citizenOf(tx, owner(other), hash))
    const input = { citizenId, channel: 'letter', address: NEW, actor: 'key:other' }
    await expect(store.run((tx) => giveAddress(tx, owner(other), input, NOW))).rejects.toEqual(coded('contact_of_others'))
    expect(await store.run((tx) => giveAddress(tx, owner(), input, NOW))).toBe(true)
    expect(await store.run((tx) => giveAddress(tx, owner(), input, NOW))).toBe(false)
  })

  it('are news that comes late and twice without harm', async () => {
    const { deliveryId } = await posted()
    await comeBack(deliveryId, 'moved', NOW + DAY)
    expect(await comeBack(deliveryId, 'moved', NOW + DAY)).toEqual([])
    expect(await receive(deliveryId, { level: 'delivered', at: NOW + HOUR, reference: 'r' }, NOW + 2 * DAY)).toEqual([])
    expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({ state: 'returned', return_reason: 'moved' })
  })
})
