import { beforeAll, beforeEach, expect, it } from '@jest/globals'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { keepExcess } from '../api/kept.ts'
import { beginNotice, issue } from '../api/live.ts'
import { missing, openWorld } from '../api/open-world.ts'
import type { Tenant } from '../api/world.ts'
import { describeIf } from '../support/skip.ts'
import { written } from './files.ts'
import { goji, hear } from './goji.ts'

const said = hear()

describeIf(missing === null, missing ?? '')('the command line on the real API', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant
  let bill = ''

  beforeAll(async () => {
    city = await world().tenant('hangang-city')
    world().clock.at += 1
    water = await world().tenant('hangang-water')
    bill = (await world().bill(city)).id
    await issue(world(), bill)
  })
  beforeEach(() => void (world().clock.at += 1))

  const run = (...words: readonly string[]): Promise<number> => goji(said, ...words, '--url', world().url, '--key', world().operator)
  const as = (key: string, ...words: readonly string[]): Promise<number> => goji(said, ...words, '--url', world().url, '--key', key)
  /** Runs a command that has to succeed and reads its JSON. */
  async function json(...words: readonly string[]): Promise<Record<string, unknown> & Record<string, unknown>[]> {
    said.stdout = ''
    const code = await run(...words, '-o', 'json')
    if (code !== 0) throw new Error(`goji ${words.join(' ')} ended with ${code}: ${said.stderr}`)
    expect(said.stdout.trimEnd()).not.toContain('\n')
    return JSON.parse(said.stdout) as Record<string, unknown> & Record<string, unknown>[]
  }

  it('takes in an institution, lists it, shows it and tells its story', async () => {
    expect(await run('institutions', 'create', 'new-town', '--name-ko', '새마을', '--name-en', 'New Town', '--currency', 'KRW')).toBe(0)
    expect(said.stdout).toMatch(/^key {10}goji_test_/m)
    expect((await json('institutions', 'list', '--slug', 'new-town')).map(({ slug }) => slug)).toEqual(['new-town'])
    expect(await json('institutions', 'get', 'new town')).toMatchObject({ slug: 'new-town' })
    expect((await json('institutions', 'events', '새마을')).map(({ action }) => action)).toEqual(['created'])
  })

  it('knows an institution by its id, its short name, its name or a part of it that no other has', async () => {
    for (const named of [city.id, 'hangang-city', 'Hangang-City City', 'hangang-c'])
      expect(await json('institutions', 'get', named)).toMatchObject({ id: city.id })
    expect(await run('institutions', 'get', 'hangang')).toBe(2)
    expect(said.stderr).toContain(
      'goji: institution_ambiguous: "hangang" may be several institutions. There are: hangang-water, hangang-city. Name one by its short name.',
    )
    expect(await run('institutions', 'get', 'nowhere')).toBe(2)
    expect(said.stderr).toContain('goji: institution_unknown: There is no institution "nowhere". There are: ')
    expect(await run('policies', 'list')).toBe(2)
    expect(said.stderr).toContain('goji: institution_needed: Say which institution with --institution.')
    expect(await as(city.key, 'policies', 'list')).toBe(0)
    expect(said.stdout).toContain('bill')
  })

  it('reads a policy, sets it from that file, lists its versions and rehearses it', async () => {
    const policy = await json('policies', 'get', 'bill', '--institution', 'hangang-city')
    const file = written(JSON.stringify(policy), 'policy.json')
    expect(await json('policies', 'set', 'bill', file, '--institution', 'hangang-city')).toMatchObject({ version: 1 })
    const changed = written(
      JSON.stringify({ title: policy['title'], policy: { ...(policy['policy'] as object), handBackAfter: 'P90D' } }),
      'policy.json',
    )
    expect(await run('policies', 'set', 'bill', changed, '--institution', 'hangang-city')).toBe(0)
    expect(said.stdout).toContain('The policy bill has version 2.')
    expect((await json('policies', 'versions', 'bill', '--institution', 'hangang-city')).map(({ version }) => version)).toEqual([2, 1])
    expect(await run('policies', 'rehearse', 'bill', '--institution', 'hangang-city', '--amount', '5000')).toBe(0)
    expect(said.stdout).toMatch(/willBeHandedBack/)
    expect(await run('policies', 'set', 'bill', written('{', 'policy.json'), '--institution', 'hangang-city')).toBe(2)
    expect(said.stderr).toContain('goji: file_not_json:')
    expect(await run('policies', 'get', 'none', '--institution', 'hangang-city')).toBe(3)
    expect(said.stderr).toContain('goji: policy_not_found:')
  })

  it('makes a key, shows it once, and ends it', async () => {
    const { id, secret } = await json('keys', 'create', '--institution', 'hangang-city', '--scope', 'bills:read')
    expect(await as(secret as unknown as string, 'bills', 'list')).toBe(0)
    expect((await json('keys', 'list', '--institution', 'hangang-city', '--in-force')).map((key) => key['id'])).toContain(id)
    expect(said.stdout).not.toContain(secret)
    expect(await run('keys', 'revoke', id as unknown as string)).toBe(0)
    expect((await json('keys', 'get', id as unknown as string))['revokedAt']).not.toBeNull()
    expect((await json('keys', 'events', id as unknown as string)).map(({ action }) => action)).toEqual(['created', 'revoked'])
    expect(await as(secret as unknown as string, 'bills', 'list')).toBe(3)
    expect(said.stderr).toContain('goji: key_revoked:')
    expect(await run('keys', 'list', '--in-force', '--ended')).toBe(2)
  })

  it('lists bills by every filter, shows one, its story and what is ahead', async () => {
    expect(
      (await json('bills', 'list', '--institution', 'hangang-c', '--status', 'issued', '--due-after', '2026-12-01T00:00:00Z')).map(
        ({ id }) => id,
      ),
    ).toEqual([bill])
    expect(await json('bills', 'list', '--created-before', '2026-01-01T00:00:00Z')).toEqual([])
    expect(await json('bills', 'list', '--institution', 'hangang-water')).toEqual([])
    expect(await json('bills', 'get', bill)).toMatchObject({ id: bill, status: 'issued' })
    expect((await json('bills', 'events', bill)).map(({ action }) => action)).toEqual(['received', 'issue'])
    expect(await run('bills', 'forecast', bill)).toBe(0)
    expect(said.stdout).toMatch(/willFallDue/)
    expect(await run('bills', 'get', '../keys')).toBe(3)
    expect(said.stderr).toContain('goji: bill_not_found:')
  })

  it('begins a payment, shows it, and ends it', async () => {
    const begun = await json('checkouts', 'create', bill, '--language', 'en')
    expect(begun).toMatchObject({ state: 'open', bills: [{ id: bill }] })
    const id = begun['id'] as unknown as string
    expect((await json('checkouts', 'list', '--state', 'open', '--bill', bill)).map((one) => one['id'])).toEqual([id])
    expect(await json('checkouts', 'cancel', id)).toMatchObject({ state: 'cancelled' })
    expect((await json('checkouts', 'events', id)).map(({ action }) => action)).toEqual(['checkoutBegun', 'checkoutEnded'])
    expect(await run('checkouts', 'get', id)).toBe(0)
    expect(said.stdout).toContain('cancelled')
  })

  it('shows a payment and gives it back, once for the same words', async () => {
    const { id: paid } = await world().bill(city)
    await issue(world(), paid)
    const { id: checkout } = await json('checkouts', 'create', paid)
    await world().engine.capture(checkout as unknown as string)
    const [payment] = await json('payments', 'list', '--institution', 'hangang-city', '--bill', paid)
    expect(payment).toMatchObject({ state: 'captured', checkoutId: checkout })
    expect(await run('payments', 'get', payment?.['id'] as string)).toBe(0)
    expect(said.stdout).toContain('128,500 KRW taken, 0 KRW kept, 0 KRW went back')
    const order = ['refunds', 'create', paid, '--expected', '128500', '--amount', '28500', '--reason', 'Sold in August', '--cancel-charge']
    const { data } = await json(...order)
    expect(data).toMatchObject([{ amount: { amount: '28500', currency: 'KRW' }, reason: 'institution' }])
    expect(await json(...order)).toEqual({ data })
    const [back] = await json('refunds', 'list', '--bill', paid)
    expect(await json('refunds', 'list', '--bill', paid)).toHaveLength(1)
    expect(await run('refunds', 'get', back?.['id'] as string)).toBe(0)
    expect(said.stdout).toContain('institution: Sold in August')
    expect(await run('refunds', 'create', paid, '--expected', '128500', '--reason', 'Once more')).toBe(3)
    expect(said.stderr).toContain('goji: refundable_differs')
    expect(await run('refunds', 'pay-out', back?.['id'] as string, '--reference', '1')).toBe(3)
    expect(await json('excesses', 'list', '--open')).toEqual([])
  })

  const actionsOf = async (noun: string, id: string): Promise<unknown[]> => (await json(noun, 'events', id)).map(({ action }) => action)

  it('tells what happened to each kind of thing', async () => {
    const { id: paid } = await world().bill(city)
    await issue(world(), paid)
    expect(await actionsOf('letters', await beginNotice(world(), paid))).toEqual(['sending'])
    const { id: checkout } = await json('checkouts', 'create', paid)
    await world().engine.capture(checkout as unknown as string)
    const [payment] = await json('payments', 'list', '--bill', paid)
    expect(await actionsOf('payments', payment?.['id'] as string)).toEqual(['paid'])
    expect(await run('payments', 'events', payment?.['id'] as string)).toBe(0)
    expect(said.stdout).toContain(paid)
    expect(await actionsOf('excesses', await keepExcess(world(), city))).toEqual(['excessHeld'])
    expect(await run('payments', 'events', 'pay_01hfz3k9q4m7v2x8c5t6w0r3en')).toBe(3)
    expect(said.stderr).toContain('goji: payment_not_found:')
  })

  it('lists refunds that wait for an account, takes one from a file, and shows no whole number', async () => {
    const { id: paid } = await world().bill(city)
    await issue(world(), paid)
    const { id: checkout } = await json('checkouts', 'create', paid)
    await world().engine.capture(checkout as unknown as string)
    const order = await json('refunds', 'create', paid, '--expected', '128500', '--reason', 'Sold in August')
    const refund = (order['data'] as unknown as { id: string }[])[0]?.id ?? ''
    /** The gateway has no way back, as it says at each attempt. */
    const refuse = async (): Promise<void> => {
      world().clock.at += 1_000
      const { sql } = world().root
      await transaction(sql, (tx) => beginRefund(tx, refund, world().clock.at))
      const closed = { status: 'failed', code: 'account_closed' } as const
      await transaction(sql, (tx) => recordRefund(tx, refund, closed, world().clock.at))
    }
    const waiting = async (): Promise<unknown[]> => (await json('refunds', 'waiting', '--institution', 'hangang-city')).map(({ id }) => id)
    expect(await waiting()).toEqual([])
    await refuse()
    expect(await waiting()).toEqual([refund])
    expect(await run('refunds', 'waiting')).toBe(0)
    expect(said.stdout).toMatch(/account_closed +operations/)
    const give = (file: string): Promise<number> =>
      run('refunds', 'account', refund, '--bank', 'Sample Bank', '--holder', '김하늘', '--number-from', file)
    expect(await give(written(' \n', 'empty.txt'))).toBe(2)
    expect(said.stderr).toContain('goji: account_number_missing:')
    expect(await give(written('12', 'short.txt'))).toBe(3)
    const number = written('110-123 456789\n', 'number.txt')
    said.stdout = ''
    expect(await give(number)).toBe(0)
    expect(said.stdout).toContain('account    Sample Bank ****6789, 김**')
    expect(await waiting()).toEqual([])
    expect(await give(number)).toBe(3)
    expect(said.stderr).toContain('goji: refund_needs_no_account')
    // The same account once more, after it was refused, is another order.
    await refuse()
    expect(await give(number)).toBe(0)
    expect(await actionsOf('refunds', refund)).toEqual([
      ...['refundRequested', 'refundSubmitted', 'refundRefused', 'refundAccountGiven'],
      ...['refundSubmitted', 'refundRefused', 'refundAccountGiven'],
    ])
    expect(await run('refunds', 'refuse-account', refund)).toBe(3)
    expect(said.stderr).toContain('goji: refund_not_payable')
    for (const words of [said.stdout, said.stderr]) expect(words).not.toContain('123456789')
    for (const words of [said.stdout, said.stderr]) expect(words).not.toContain('110-123')
  })

  it('stops a gateway, says why, and lets it go on', async () => {
    expect((await json('providers', 'list')).map(({ kind, name }) => `${String(kind)}:${String(name)}`)).toContain('gateway:other')
    expect(await run('providers', 'stop', 'gateway:other', '--reason', 'Takes money twice')).toBe(0)
    expect(said.stdout).toMatch(/stopped .*: Takes money twice/)
    expect((await json('providers', 'list', '--stopped')).map(({ name }) => name)).toEqual(['other'])
    expect(await run('providers', 'resume', 'gateway:other', '--reason', 'Mended')).toBe(0)
    expect(await json('providers', 'get', 'gateway:other')).toMatchObject({ stopped: null })
    expect((await json('providers', 'events', 'gateway:other')).map(({ action }) => action)).toEqual(['stopped', 'resumed'])
    expect(await run('providers', 'stop', 'other', '--reason', 'x')).toBe(2)
    expect(said.stderr).toContain('goji: provider_malformed:')
    expect(await run('providers', 'stop', 'gateway:nobody', '--reason', 'x')).toBe(3)
    expect(said.stderr).toContain('goji: provider_not_found:')
    expect(await run('providers', 'stop', 'gateway:other')).toBe(2)
  })

  it('reports, and lists settlement files', async () => {
    expect(await json('report', '--institution', 'hangang-city')).toMatchObject({ bills: 5 })
    expect(await json('statements', 'list')).toEqual([])
    expect(water.id).not.toBe(city.id)
  })
})
