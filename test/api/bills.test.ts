import { randomUUID } from 'node:crypto'
import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { newBillBody } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('bills over the API', () => {
  const world = openWorld()
  let city: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
  })

  it('receives a bill, wakes its run after the commit, and shows nothing of the citizen', async () => {
    const before = world().engine.wakes.length
    const answer = await world().post('/v1/bills', { key: city.key, body: newBillBody({ billNumber: 'A-1' }) })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      billNumber: 'A-1',
      institution: city.id,
      mode: 'test',
      status: 'received',
      stage: 'issue',
      asksMoney: true,
      overdue: false,
      paused: false,
      policy: { name: 'bill', version: 1 },
      amounts: {
        charged: { amount: '128500', currency: 'KRW' },
        owed: { amount: '128500', currency: 'KRW' },
        paid: { amount: '0', currency: 'KRW' },
      },
      next: { code: 'willBeIssued', at: new Date(NOW).toISOString() },
      links: { self: `/v1/bills/${answer.body.id}`, pay: null },
    })
    expect(world().engine.wakes.slice(before)).toMatchObject([{ billId: answer.body.id, kind: 'billCreated' }])
    expect(answer.text).not.toMatch(/하늘|haneul|resident-1/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const read = await world().get(`/v1/bills/${answer.body.id}`, { key: city.key })
    expect(read.body).toEqual(answer.body)
  })

  it('receives a notice that asks for nothing', async () => {
    const bill = await world().bill(city, { amount: null })
    expect(bill).toMatchObject({ asksMoney: false, amounts: { charged: { amount: '0', currency: 'KRW' } }, links: { pay: null } })
  })

  it('keeps text in NFC and a fixed due date', async () => {
    const title = '자동차세'.normalize('NFD')
    const bill = await world().bill(city, { title, dueDate: '2026-12-31', issueAt: '2026-12-01T09:00:00+09:00' })
    expect(bill).toMatchObject({
      title: title.normalize('NFC'),
      dueDate: '2026-12-31',
      dueAt: '2026-12-31T14:59:59.999Z',
      issueAt: '2026-12-01T00:00:00.000Z',
    })
  })

  it('says what will happen, and with which word', async () => {
    // Of the policy's channels, only paper needs an address.
    const forecast = async (contacts: readonly { channel: string; address: string }[]): Promise<unknown[]> => {
      const { id } = await world().bill(city, { citizen: { identifier: randomUUID(), language: 'ko', contacts } })
      const { body } = await world().get(`/v1/bills/${id}/forecast`, { key: city.key })
      expect(body.next).toEqual(body.steps[0])
      return body.steps.map((step: { code: string; channel: string | null }) => [step.code, step.channel])
    }
    const before = [
      ['willBeIssued', null],
      ['noticeWillBeSent', 'app'],
    ]
    const after = [
      ['reminderWillBeSent', 'app'],
      ['willFallDue', null],
      ['willBeHandedBack', null],
    ]
    expect(await forecast([])).toEqual([...before, ...after])
    expect(await forecast([{ channel: 'paper', address: '1 Sample Street' }])).toEqual([...before, ['noticeWillBeSent', 'paper'], ...after])
  })

  it('pauses, resumes, writes off and cancels, with the reason in the log', async () => {
    const { id } = await world().bill(city)
    const order = (verb: string, reason = 'A reason'): ReturnType<ReturnType<typeof world>['post']> =>
      world().post(`/v1/bills/${id}/${verb}`, { key: city.key, body: { reason } })
    const paused = await order('pause', 'Objection received')
    expect(paused.body).toMatchObject({ paused: true, pauses: [{ reason: 'Objection received', until: null }] })
    expect(await order('pause')).toMatchObject({ status: 409, body: { code: 'bill_paused' } })
    world().clock.at += 86_400_000
    expect((await order('resume')).body).toMatchObject({ paused: false })
    world().clock.at = NOW
    expect(await order('resume')).toMatchObject({ status: 409, body: { code: 'bill_not_paused' } })
    expect(await order('cancel')).toMatchObject({
      status: 200,
      body: { status: 'cancelled', amounts: { cancelled: { amount: '128500' }, owed: { amount: '0' } }, next: { code: 'closed' } },
    })
    expect(await order('cancel')).toMatchObject({ status: 409, body: { code: 'bill_closed' } })
    expect(await order('write-off')).toMatchObject({ status: 409, body: { code: 'bill_closed' } })
    const kinds = world()
      .engine.wakes.filter(({ billId }) => billId === id)
      .map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['billCreated', 'cancelled']))
  })

  it('shows the chained log page by page', async () => {
    const { id } = await world().bill(city)
    for (const verb of ['pause', 'resume', 'cancel'])
      await world().post(`/v1/bills/${id}/${verb}`, { key: city.key, body: { reason: `because of ${verb}` } })
    const first = await world().get(`/v1/bills/${id}/events?limit=3`, { key: city.key })
    expect(first.body.data.map(({ action }: { action: string }) => action)).toEqual(['received', 'paused', 'resumed'])
    const rest = await world().get(`/v1/bills/${id}/events?limit=3&cursor=${first.body.nextCursor}`, { key: city.key })
    expect(rest.body).toMatchObject({
      data: [{ seq: 4, action: 'cancelled', body: { reason: 'because of cancel' }, previousHash: first.body.data[2]?.hash }],
      nextCursor: null,
    })
  })

  it('keeps nothing of a refusal, so its key may be used again', async () => {
    const body = newBillBody({ billNumber: 'TAKEN' })
    const idempotencyKey = 'retry-me'
    expect((await world().post('/v1/bills', { key: city.key, body })).status).toBe(201)
    expect(await world().post('/v1/bills', { key: city.key, body, idempotencyKey })).toMatchObject({
      status: 409,
      body: { code: 'bill_number_taken', pointer: '/billNumber' },
    })
    expect(await world().post('/v1/bills', { key: city.key, body: { ...body, billNumber: 'FREE' }, idempotencyKey })).toMatchObject({
      status: 201,
    })
  })
})
