import { beforeAll, expect, it } from '@jest/globals'
import { loadAdapters } from '../../composition/adapters.ts'
import { ProviderError } from '../../domain/errors.ts'
import { openCheckout } from '../../store/commands/open-checkout.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'

const textOf = (page: string): string => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describeIf(missing === null, missing ?? '')('paying by transfer', () => {
  const world = openWorld()
  const who = { citizen: 'transferrer', contacts: [{ channel: 'email', address: 'transfer@example.kr' }] }
  let browser: Browser
  let checkoutId: string

  beforeAll(async () => {
    const city = await world().institution('transfer-city', { ko: '서울시', en: 'Seoul' })
    const billId = await world().bill({ ...who, institutionId: city, minor: 12_500n })
    browser = world().browser()
    await world().signIn(browser, 'transfer@example.kr')
    await browser.get('/?lang=en')
    const own = await loadAdapters({ BANK_TRANSFER_ACCOUNT: 'DE02 1203 0000 0000 2020 51', BANK_TRANSFER_BANK: 'Hangang Bank' })
    const gateway = own.gateway(own.transferGateway)
    Object.assign(world().root.adapters, { gateway: () => gateway })
    const { location } = await browser.post('/pay', { bill: [billId] })
    const { body } = await browser.get(location ?? '')
    const main = body.slice(body.indexOf('<main'))
    const form = { key: fieldOf(main, 'key'), total: fieldOf(main, 'total'), bill: [billId] }
    checkoutId = /chk_[0-9a-z]+/.exec((await browser.post('/checkouts', form)).location ?? '')?.[0] ?? ''
    const request = {
      key: checkoutId,
      amount: { minor: 12_500n, currency: 'KRW' },
      title: 'Bill',
      language: 'en',
      returnUrl: 'https://x.example/',
      expiresAt: 0,
    } as const
    const session = await gateway.openSession(request, AbortSignal.timeout(1_000))
    await transaction(world().root.sql, (tx) => openCheckout(tx, checkoutId, session)).catch(() => undefined)
  })

  it('shows amount, bank, account, reference and until when', async () => {
    const { body } = await browser.get(`/transfers/${checkoutId}`)
    const text = textOf(body)
    expect(text).toContain('Pay by bank transfer')
    for (const words of ['12,500', 'Hangang Bank', 'DE02 1203 0000 0000 2020 51', 'Please transfer until']) expect(text).toContain(words)
    expect(text).toMatch(/RF[0-9]{2} [0-9]{4} [0-9]{4} [0-9]{4} [0-9]{4}/)
  })

  it('shows no other reference than the one that was recorded, where the settings are others by now', async () => {
    const other = await loadAdapters({ BANK_TRANSFER_PREFIX: '9012' })
    const { gateway } = world().root.adapters
    Object.assign(world().root.adapters, { gateway: () => other.gateway(other.transferGateway) })
    const answer = await browser.get(`/transfers/${checkoutId}`)
    Object.assign(world().root.adapters, { gateway })
    expect(answer).toMatchObject({ status: 303, location: expect.stringContaining(`/checkouts/${checkoutId}/return`) })
  })

  it('leads to the payment’s own page while the gateway does not answer', async () => {
    const { adapters } = world().root
    const { gateway } = adapters
    const away = async (): Promise<never> => Promise.reject(new ProviderError('temporary', 'unreachable', 'the gateway is away'))
    Object.assign(adapters, { gateway: () => ({ ...gateway('any'), payment: away }) })
    const { status, location } = await browser.get(`/transfers/${checkoutId}`)
    Object.assign(adapters, { gateway })
    expect([status, location]).toEqual([303, `/checkouts/${checkoutId}/return`])
  })

  it('is nobody else’s', async () => {
    expect((await world().browser().get(`/transfers/${checkoutId}`)).body).not.toContain('Hangang Bank')
    expect((await browser.get('/transfers/chk_nothing')).status).toBe(404)
  })
})
