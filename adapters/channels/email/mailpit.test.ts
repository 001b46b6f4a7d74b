import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Notice } from '../../../domain/ports/channel.ts'
import { describeIf } from '../../../test/support/skip.ts'
import { startHarness, unavailable } from './harness.ts'
import { renderHtml } from './html.ts'
import { renderText } from './text.ts'

const NOTICE: Notice = {
  purpose: 'reminder',
  language: 'ko',
  institution: '서울특별시 양천구청 세무과 지방세 체납 정리 담당 (긴 이름)',
  citizenName: '뷁쀍 홍길동',
  subject: '2026년 10월분 상하수도 요금 및 물이용 부담금 납부 기한이 사흘 남았습니다: 12,500원 🚰',
  paragraphs: ['가나다라마바사아자차카타파하 '.repeat(40).trim(), '.', 'From here on a line begins with From and another with a dot.'],
  facts: [{ label: '납부할 금액', value: '12,500원' }],
  action: { label: '고지서 보기', url: `https://goji.example/b/1?token=${'x'.repeat(200)}` },
}

const reason = unavailable()
describeIf(reason === null, reason ?? '')('a mail that was really sent', () => {
  let harness: Awaited<ReturnType<typeof startHarness>>
  beforeAll(async () => {
    harness = await startHarness()
  }, 60_000)
  afterAll(() => harness.stop())

  it('arrives with every character of its text, its HTML and its headers', async () => {
    const receipt = await harness.channel.send({ key: 'dlv_real', address: harness.address, notice: NOTICE }, AbortSignal.timeout(10_000))
    expect(receipt).toMatchObject({ level: 'accepted' })
    const [mail] = await harness.mailpit.mails('<dlv_real@goji.example>')
    expect(mail?.subject).toBe(NOTICE.subject)
    expect(mail?.text.replaceAll('\r\n', '\n').trim()).toBe(renderText(NOTICE).trim())
    expect(mail?.html.replaceAll('\r\n', '\n').trim()).toBe(renderHtml(NOTICE).trim())
    expect(mail?.headers).toMatchObject({
      'X-Goji-Delivery': ['dlv_real'],
      'Auto-Submitted': ['auto-generated'],
      'Content-Language': ['ko'],
      'Message-Id': ['<dlv_real@goji.example>'],
      To: ['citizen@example.com'],
    })
  })

  it('is refused for one recipient without harm to the next, over the same connections', async () => {
    const send = (key: string) => harness.channel.send({ key, address: harness.address, notice: NOTICE }, AbortSignal.timeout(10_000))
    await harness.driver.fail('permanent')
    await expect(Promise.all(['a', 'b', 'c'].map((key) => send(`dlv_refused_${key}`)))).rejects.toMatchObject({ kind: 'permanent' })
    await harness.driver.heal()
    expect(await Promise.all(['a', 'b', 'c'].map((key) => send(`dlv_next_${key}`)))).toHaveLength(3)
  })
})
