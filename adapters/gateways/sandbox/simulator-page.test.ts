import { describe, expect, it } from '@jest/globals'
import { Bench, RETURN_URL } from './simulator-bench.ts'

const bench = new Bench()

const submit = (path: string, form: Record<string, string>): Promise<Response> =>
  fetch(`${bench.url}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
const html = async (path: string): Promise<string> => (await fetch(`${bench.url}${path}`)).text()

describe('the payment page', () => {
  it('says what is paid and how much, in the language of the session', async () => {
    const korean = await html((await bench.open()).page)
    expect(korean).toContain('<html lang="ko">')
    expect(korean).toContain('수도 요금')
    expect(korean).toContain('12,500원 결제하기')
    const english = await html((await bench.open({ language: 'en', currency: 'GBP', amountMinor: '1160', title: 'Council tax' })).page)
    expect(english).toContain('<html lang="en">')
    expect(english).toContain('Pay £11.60')
    expect(await html((await bench.open({ language: 'en', currency: 'KWD', amountMinor: '9007199254740' })).page)).toMatch(
      /9,007,199,254\.740/,
    )
  })

  it('leads back once it is paid, and a second click is the first one', async () => {
    const { key, page } = await bench.open()
    for (let click = 0; click < 2; click += 1) {
      const response = await submit(page, { method: 'simple_pay', outcome: 'approve' })
      expect([response.status, response.headers.get('location')]).toEqual([303, RETURN_URL])
    }
    expect(await bench.statusOf(key)).toBe('AUTHORIZED')
    expect((await bench.journal()).filter((entry) => entry.op === 'authorize')).toMatchObject([
      { key, method: 'simple_pay', amountMinor: '12500' },
    ])
    expect(await html(page)).toContain(RETURN_URL)
  })

  it('says why an attempt was declined and lets the citizen try another way', async () => {
    const { key, page } = await bench.open()
    const response = await submit(page, { method: 'card', outcome: 'insufficient_funds' })
    expect([response.status, response.headers.get('location')]).toEqual([303, page])
    expect(await html(page)).toMatch(/role="alert".*잔액이 부족하거나 한도를 넘었습니다.*2번/s)
    expect(await bench.statusOf(key)).toBe('OPEN')
    expect((await submit(page, { method: 'bank_account', outcome: 'approve' })).headers.get('location')).toBe(RETURN_URL)
    expect(await bench.statusOf(key)).toBe('AUTHORIZED')
  })

  it('takes no fourth attempt', async () => {
    const { key, page } = await bench.open()
    for (let attempt = 0; attempt < 3; attempt += 1) await submit(page, { method: 'card', outcome: 'issuer_refused' })
    expect(await bench.statusOf(key)).toBe('DECLINED')
    await submit(page, { method: 'card', outcome: 'approve' })
    expect(await bench.statusOf(key)).toBe('DECLINED')
    expect(await html(page)).toContain('결제하지 못했습니다')
  })

  it('asks again where no way to pay was chosen, and changes nothing', async () => {
    const { key, page } = await bench.open()
    for (const form of [{}, { method: 'cash' }, { method: 'card', outcome: 'maybe' }]) {
      const response = await submit(page, form as Record<string, string>)
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('결제 수단을 하나 고르세요')
    }
    expect(await bench.statusOf(key)).toBe('OPEN')
  })

  it('can be left without paying, which ends the session', async () => {
    const { key, page } = await bench.open()
    expect((await submit(`${page}/cancel`, {})).headers.get('location')).toBe(RETURN_URL)
    expect(await bench.statusOf(key)).toBe('CANCELLED')
    expect(await html(page)).toContain('결제가 취소되었습니다')
    const paid = await bench.open()
    await submit(paid.page, { method: 'card' })
    await submit(`${paid.page}/cancel`, {})
    expect(await bench.statusOf(paid.key)).toBe('AUTHORIZED')
  })

  it('says that the time is over', async () => {
    const { page } = await bench.open()
    await bench.call('POST', '/clock', { advanceMs: 600_000 })
    expect(await html(page)).toContain('결제할 수 있는 시간이 지났습니다')
    expect((await submit(page, { method: 'card' })).status).toBe(200)
  })

  it('never lets a title become markup, tells nobody its address and runs nothing', async () => {
    const { page } = await bench.open({ title: `<script>alert('1')</script>"&` })
    const response = await fetch(`${bench.url}${page}`)
    expect(await response.text()).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;')
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-.*form-action 'self' http:\/\/127\.0\.0\.1:9;.*frame-ancestors 'none'/,
    )
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect((await fetch(`${bench.url}/pay/nobody`)).status).toBe(404)
  })
})
