import { beforeAll, beforeEach, expect, it } from '@jest/globals'
import { issue } from '../api/live.ts'
import { missing, openWorld } from '../api/open-world.ts'
import type { Tenant } from '../api/world.ts'
import { describeIf } from '../support/skip.ts'
import { goji, hear } from './goji.ts'

const said = hear()

describeIf(missing === null, missing ?? '')('orders about bills on the command line', () => {
  const world = openWorld()
  let city: Tenant
  let bill = ''

  beforeAll(async () => {
    city = await world().tenant('city')
  })
  beforeEach(async () => {
    world().clock.at += 1
    bill = (await world().bill(city)).id
    await issue(world(), bill)
  })

  const run = (...words: readonly string[]): Promise<number> => goji(said, ...words, '--url', world().url, '--key', city.key)
  async function json(...words: readonly string[]): Promise<Record<string, unknown> & Record<string, unknown>[]> {
    said.stdout = ''
    const code = await run(...words, '-o', 'json')
    if (code !== 0) throw new Error(`goji ${words.join(' ')} ended with ${code}: ${said.stderr}`)
    return JSON.parse(said.stdout) as Record<string, unknown> & Record<string, unknown>[]
  }

  it('pauses, resumes, extends, amends and cancels, each with a reason', async () => {
    expect(await json('bills', 'pause', bill, '--reason', 'a hearing')).toMatchObject({ paused: true })
    expect(await json('bills', 'resume', bill, '--reason', 'it is over')).toMatchObject({ paused: false })
    expect(await json('bills', 'extend', bill, '--due', '2027-01-31', '--reason', 'asked for')).toMatchObject({ dueDate: '2027-01-31' })
    expect(await json('bills', 'amend', bill, '--amount', '98500', '--due', '2027-02-15', '--reason', 'corrected')).toMatchObject({
      revision: 2,
      dueDate: '2027-02-15',
      amounts: { charged: { amount: '98500', currency: 'KRW' } },
    })
    expect(await run('bills', 'cancel', bill, '--reason', 'a mistake')).toBe(0)
    expect(said.stdout).toContain(`${bill}: cancelled, 0 KRW owed`)
    expect(await run('bills', 'write-off', bill, '--reason', 'a mistake')).toBe(3)
    expect(said.stderr).toContain('bill_closed')
  })

  it('records an objection, lists it and decides it', async () => {
    const { id } = await json('bills', 'object', bill, '--text', 'I sold it.')
    expect((await json('objections', 'list', '--state', 'filed', '--bill', bill)).map((one) => one['id'])).toEqual([id])
    expect(await json('objections', 'get', String(id))).toMatchObject({ text: 'I sold it.', state: 'filed' })
    expect(await run('objections', 'decide', String(id), '--outcome', 'partly', '--reason', 'sold')).toBe(2)
    expect(said.stderr).toContain('amount_missing')
    expect(await json('objections', 'decide', String(id), '--outcome', 'partly', '--amount', '60000', '--reason', 'sold')).toMatchObject({
      state: 'partly',
      amount: { amount: '60000', currency: 'KRW' },
    })
  })

  it.each([
    ['no reason', ['bills', 'cancel', 'bill_1']],
    ['no date', ['bills', 'extend', 'bill_1', '--reason', 'x']],
    ['nothing to amend', ['bills', 'amend', 'bill_1', '--reason', 'x']],
    ['an outcome that is none', ['objections', 'decide', 'obj_1', '--outcome', 'maybe', '--reason', 'x']],
  ])('sends nothing with %s', async (_, words) => {
    expect(await run(...words)).toBe(2)
  })
})
