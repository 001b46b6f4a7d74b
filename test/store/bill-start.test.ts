import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { readBillStart } from '../../store/bills/bill-start.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { DAY, describeStore, type Institution, NOW, openStore, type Store } from './support.ts'

describeStore('what a run is started with', () => {
  let store: Store
  let town: Institution

  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  const shown = async (billId: string, now = NOW) => (await readBillStart(store.sql, billId, now)).shown

  it('shows a bill that is to be issued at once as its run will find it', async () => {
    const billId = await town.bill()
    const before = await shown(billId)
    const view = await store.run((tx) => takeStep(tx, billId, 'issue', NOW))
    const { stage, status, dueAt, paused } = view
    expect(before).toEqual({ stage, status, dueAt, paused })
    expect(before).toMatchObject({ stage: 'deliver', status: 'issued' })
    expect(await shown(billId)).toEqual(before)
  })

  it('shows a bill whose day has not come as it is', async () => {
    const billId = await town.bill({ issueAt: NOW + DAY })
    expect(await shown(billId)).toEqual({ stage: 'issue', status: 'received', dueAt: null, paused: false })
    expect(await shown(billId, NOW + DAY)).toMatchObject({ stage: 'deliver', status: 'issued' })
  })
})
