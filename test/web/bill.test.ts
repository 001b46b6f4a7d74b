import { beforeAll, expect, it } from '@jest/globals'
import { noticeLink } from '../../composition/links.ts'
import { pauseBill } from '../../store/commands/pause-bill.ts'
import { newId } from '../../store/ids.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import type { Browser } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, HOUR, NOW, POLICY } from './world.ts'

const textOf = (page: string): string => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describeIf(missing === null, missing ?? '')('the page of a bill', () => {
  const world = openWorld()
  const who = { citizen: 'reader', contacts: [{ channel: 'email', address: 'reader@example.kr' }] }
  let city = ''
  let browser: Browser

  beforeAll(async () => {
    city = await world().institution('city', { ko: '서울시', en: 'Seoul' }, { policy: { ...POLICY, proofOfService: 'read' } })
    await world().bill({ ...who, institutionId: city })
    browser = world().browser()
    await world().signIn(browser, 'reader@example.kr')
  })

  const states = async (billId: string): Promise<string[]> =>
    (await world().deliveriesOf(billId)).map(({ key, state }) => `${key} ${state}`)

  it('records that the notice was read, once, and wakes the bill', async () => {
    const billId = await world().bill({ ...who, institutionId: city, issueAt: NOW - HOUR })
    expect(await states(billId)).toEqual(['notice:inbox delivered'])
    const before = world().engine.wakes.length
    const { status } = await browser.get(`/bills/${billId}`)
    expect(status).toBe(200)
    expect(await states(billId)).toEqual(['notice:inbox read'])
    expect(
      world()
        .engine.wakes.slice(before)
        .map(({ billId: id, kind }) => [id, kind]),
    ).toEqual([[billId, 'noticeRead']])
    await browser.get(`/bills/${billId}`)
    expect(world().engine.wakes).toHaveLength(before + 1)
  })

  it('keeps the channel’s own reference of the delivery', async () => {
    const billId = await world().bill({ ...who, institutionId: city })
    await browser.get(`/bills/${billId}`)
    const [delivery] = await world().deliveriesOf(billId)
    expect(delivery?.reference).toBe(`r-${delivery?.id}`)
  })

  it.each([
    ['a HEAD request', {}, 'HEAD'],
    ['a prefetch', { 'Sec-Purpose': 'prefetch;prerender' }, 'GET'],
    ['an older prefetch', { Purpose: 'prefetch' }, 'GET'],
    ['a link preview', { 'X-Purpose': 'preview' }, 'GET'],
  ])('does not take %s for reading', async (_what, headers, method) => {
    const billId = await world().bill({ ...who, institutionId: city })
    const answer = method === 'HEAD' ? await browser.head(`/bills/${billId}`) : await browser.get(`/bills/${billId}`, headers)
    expect(answer.status).toBe(200)
    expect(await states(billId)).toEqual(['notice:inbox delivered'])
  })

  it('promises that opening stops the next channel, and then keeps the promise', async () => {
    const billId = await world().bill({ ...who, institutionId: city, issueAt: NOW - HOUR })
    expect(textOf((await browser.get('/bills?lang=en')).body)).toContain('unless you open it before')
    const { body } = await browser.get(`/bills/${billId}?lang=en`)
    expect(textOf(body)).not.toContain('unless you open it before')
    expect(textOf(body)).not.toMatch(/send it (to you )?again/)
  })

  it('records by a link only the delivery that carried it', async () => {
    const billId = await world().bill({ ...who, institutionId: city, issueAt: NOW - 2 * DAY })
    expect(await states(billId)).toEqual(['notice:app delivered', 'notice:inbox delivered'])
    const [app] = await world().deliveriesOf(billId)
    const guest = world().browser()
    const link = noticeLink(world().root.config, { billId, deliveryId: app?.id ?? '', expiresAt: NOW + DAY })
    await guest.get(new URL(link).pathname)
    expect(await states(billId)).toEqual(['notice:app delivered', 'notice:inbox delivered'])
    await guest.get(`/bills/${billId}`)
    expect(await states(billId)).toEqual(['notice:app read', 'notice:inbox delivered'])
  })

  it('is shown although the engine is down: the sweep relays what was recorded', async () => {
    const billId = await world().bill({ ...who, institutionId: city })
    world().engine.down = true
    expect((await browser.get(`/bills/${billId}`)).status).toBe(200)
    world().engine.down = false
    expect(await states(billId)).toEqual(['notice:inbox read'])
    const [fact] = await world().root.sql`select 1 from facts where bill_id = ${billId} and kind = 'noticeRead' and applied_at is null`
    expect(fact).toBeDefined()
  })

  it('does not exist for anybody else, nor before it is issued', async () => {
    const other = await world().bill({ citizen: 'other', institutionId: city })
    const early = await world().bill({ ...who, institutionId: city, issueAt: NOW + DAY })
    for (const id of [other, early, newId('bill', NOW), 'bill_', "bill_'%20or%201=1", 'bill_%00']) {
      const { status, body } = await browser.get(`/bills/${id}?lang=en`)
      expect([id, status]).toEqual([id, 404])
      expect(body).toContain('Page not found')
    }
    expect(await states(other)).toEqual(['notice:inbox delivered'])
    expect((await world().browser().get(`/bills/${other}`)).location).toBe(`/sign-in?next=%2Fbills%2F${other}`)
  })

  it('tells the story from the log, and the institution’s reason escaped', async () => {
    const billId = await world().bill({
      ...who,
      institutionId: city,
      title: '재산세',
      minor: 152_300n,
      details: [{ label: '과세 <대상>', value: '주택' }],
    })
    await transaction(world().root.sql, (tx) => pauseBill(tx, { billId, reason: '<script>이의신청</script>', actor: 'key:test' }, NOW))
    const { body } = await browser.get(`/bills/${billId}?lang=ko`)
    expect(textOf(body)).toContain('고지서의 모든 기한이 일시 정지되었습니다. 사유: &lt;script&gt;이의신청&lt;/script&gt;')
    expect(textOf(body)).toContain('정지가 풀리면 남은 기간이 그대로 이어집니다')
    expect(body).toContain('과세 &lt;대상&gt;')
    expect(body).not.toContain('<script>')
  })

  it('says since when a due date counts while service is not proven', async () => {
    const court = await world().institution(
      'court',
      { ko: '법원', en: 'Court' },
      { policy: { ...POLICY, proofOfService: 'read', due: { from: 'service', after: 'P14D' } } },
    )
    const billId = await world().bill({ ...who, institutionId: court })
    expect(textOf((await browser.get('/bills?lang=en')).body)).toContain('counted from the day the bill reaches you')
    // Opening it is the proof: the date is there at once.
    expect(textOf((await browser.get(`/bills/${billId}?lang=en`)).body)).toContain('8 December 2026')
  })
})
