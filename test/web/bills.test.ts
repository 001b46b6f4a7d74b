import { beforeAll, expect, it } from '@jest/globals'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import type { Browser } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, NOW, POLICY } from './world.ts'

const textOf = (page: string): string => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describeIf(missing === null, missing ?? '')('the list of bills', () => {
  const world = openWorld()
  const email = 'list@example.kr'
  const who = { citizen: 'list', contacts: [{ channel: 'email', address: email }] }
  let city = ''
  let council = ''
  let browser: Browser

  beforeAll(async () => {
    city = await world().institution('city', { ko: '서울시', en: 'Seoul' }, { policy: { ...POLICY, proofOfService: 'read' } })
    council = await world().institution(
      'camden',
      { ko: '캠던 구청', en: 'Camden Council' },
      { currency: 'GBP', zone: 'Europe/London', policy: { ...POLICY, calendar: { zone: 'Europe/London' } } },
    )
    await world().bill({ ...who, institutionId: city, title: '자동차세', minor: 286_400n, issueAt: NOW - 20 * DAY })
    await world().bill({ ...who, institutionId: city, title: '과태료', minor: 40_000n, issueAt: NOW - 35 * DAY })
    await world().bill({ ...who, institutionId: council, title: 'Council tax', minor: 1_160n, currency: 'GBP', issueAt: NOW - DAY })
    await world().bill({ ...who, institutionId: city, title: '<b>수도</b> & "요금"', minor: 1n, issueAt: NOW - 5 * DAY })
    await world().bill({ ...who, institutionId: city, title: '검진 안내', asksMoney: false, issueAt: NOW })
    const cancelled = await world().bill({ ...who, institutionId: city, title: '취소된 고지', minor: 900n, issueAt: NOW - 2 * DAY })
    await transaction(world().root.sql, (tx) => cancelBill(tx, { billId: cancelled, reason: 'r', actor: 'key:test' }, NOW))
    await world().bill({ ...who, institutionId: city, title: '아직 발행 전', minor: 77n, issueAt: NOW + DAY })
    await world().bill({ citizen: 'somebody else', institutionId: city, title: '남의 고지서', minor: 5n })
    browser = world().browser()
    await world().signIn(browser, email)
  })

  it('asks somebody unknown to sign in, and leads back afterwards', async () => {
    const { status, location } = await world().browser().get('/bills?state=overdue')
    expect([status, location]).toEqual([303, '/sign-in?next=%2Fbills%3Fstate%3Doverdue'])
  })

  it('shows the total per currency, what is overdue first, then by due date', async () => {
    const { body } = await browser.get('/bills?lang=ko')
    expect(textOf(body)).toMatch(/납부할 금액 \(KRW\) 326,401원 납부할 금액 \(GBP\) £11\.60/)
    expect(textOf(body)).toContain('기한이 지난 고지서 1건')
    expect([...body.matchAll(/g-bill-title"><a href="[^"]*">([^<]*)</g)].map(([, title]) => title).slice(0, 3)).toEqual([
      '과태료',
      '자동차세',
      '&lt;b&gt;수도&lt;/b&gt; &amp; &quot;요금&quot;',
    ])
  })

  it('says in plain words what happens next, and when, in either language', async () => {
    const ko = textOf((await browser.get('/bills?lang=ko')).body)
    expect(ko).toContain('다음 11월 28일 (토) 이 사이트의 고지함으로 납부를 다시 안내해 드립니다.')
    const en = textOf((await browser.get('/bills?lang=en')).body)
    expect(en).toContain('Next Sat 28 November: We will remind you to your inbox on this site.')
    expect(en).toContain('£11.60')
    expect(en).toContain('₩326,401')
  })

  it('escapes what institutions write', async () => {
    const { body } = await browser.get('/bills')
    expect(body).not.toContain('<b>수도')
  })

  it('shows neither what is not issued yet nor what is somebody else’s', async () => {
    const { body } = await browser.get('/bills')
    expect(body).not.toContain('아직 발행 전')
    expect(body).not.toContain('남의 고지서')
  })

  it('keeps notices without money and finished bills apart', async () => {
    const { body } = await browser.get('/bills?lang=ko')
    const [open = '', done = ''] = body.split('<details class="g-details">').slice(-2)
    expect(open).toContain('검진 안내')
    expect(done).toContain('취소된 고지')
    expect(open.includes('취소된 고지')).toBe(false)
  })

  it('chooses all bills by default, and all or none by a link', async () => {
    const chosen = async (path: string): Promise<number> => ((await browser.get(path)).body.match(/ checked/g) ?? []).length
    expect([await chosen('/bills'), await chosen('/bills?select=none'), await chosen('/bills?select=all')]).toEqual([4, 0, 4])
  })

  it('filters by state and institution, and says so when nothing is left', async () => {
    const titles = async (path: string): Promise<string[]> =>
      [...(await browser.get(path)).body.matchAll(/g-bill-title"><a href="[^"]*">([^<]*)</g)].map(([, title]) => title ?? '')
    expect(await titles('/bills?state=overdue')).toEqual(['과태료'])
    expect(await titles(`/bills?institution=${council}`)).toEqual(['Council tax'])
    expect(await titles('/bills?state=done')).toEqual(['취소된 고지'])
    expect(await titles('/bills?state=notices')).toEqual(['검진 안내'])
    expect((await browser.get(`/bills?state=overdue&institution=${council}&lang=en`)).body).toContain('No bill matches')
  })

  it('takes nonsense in the address for nothing', async () => {
    const { status, body } = await browser.get("/bills?state=%27&institution=ins_%00&page=-1&select=x&lang=de&state=overdue'")
    expect(status).toBe(200)
    expect(body).toContain('자동차세')
  })

  it('pages through many bills, and leads back from a page that is not there', async () => {
    const many = { citizen: 'many', contacts: [{ channel: 'email', address: 'many@example.kr' }] }
    for (let index = 0; index < 53; index++) await world().bill({ ...many, institutionId: city, title: `고지 ${index}`, minor: 100n })
    const reader = world().browser()
    await world().signIn(reader, 'many@example.kr')
    const first = await reader.get('/bills?lang=en')
    expect(first.body.match(/name="bill"/g)).toHaveLength(50)
    expect(first.body).toContain('href="/bills?page=2"')
    expect(textOf(first.body)).toContain('₩5,300')
    expect((await reader.get('/bills?page=2')).body.match(/name="bill"/g)).toHaveLength(3)
    expect((await reader.get('/bills?page=9')).location).toBe('/bills')
  })

  it('says that there is nothing to pay, and offers no button', async () => {
    await world().bill({
      citizen: 'none',
      institutionId: city,
      asksMoney: false,
      contacts: [{ channel: 'email', address: 'none@example.kr' }],
    })
    const reader = world().browser()
    await world().signIn(reader, 'none@example.kr')
    const { body } = await reader.get('/bills?lang=en')
    expect(body).toContain('You have nothing to pay')
    expect(body).not.toContain('Pay the chosen bills')
  })
})
