import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isCreditorReference } from '../../../domain/reference.ts'
import { adapter } from './index.ts'
import { referenceOf } from './reference.ts'
import { readSettings } from './settings.ts'

const patience = AbortSignal.timeout(60_000)
const KEY = 'chk_01kb7q9t0000000000000000aa'

describe('the reference of a transfer', () => {
  it('is a creditor reference with right check digits, and belongs to its key', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, other) => {
        const reference = referenceOf(key, readSettings({}))
        expect(reference).toMatch(/^RF[0-9]{18}$/)
        expect(isCreditorReference(reference)).toBe(true)
        expect(referenceOf(other, readSettings({})) === reference).toBe(key === other)
      }),
    )
  })

  it('is an account number below the bank’s prefix where there is one', () => {
    expect(referenceOf(KEY, readSettings({ BANK_TRANSFER_PREFIX: '9012' }))).toMatch(/^9012[0-9]{12}$/)
  })
})

describe('the instruction', () => {
  it('says account, reference and until when', async () => {
    const gateway = adapter.create({
      BANK_TRANSFER_ACCOUNT: 'DE02120300000000202051',
      BANK_TRANSFER_BANK: 'Bank',
      BANK_TRANSFER_DAYS: '14',
    })
    expect(await gateway.payment(KEY, patience)).toEqual({
      status: 'awaitingDeposit',
      account: { bank: 'Bank', number: 'DE02120300000000202051', reference: referenceOf(KEY, readSettings({})), dueAt: expect.any(Number) },
    })
  })

  it('is an account number alone where each payment has its own', async () => {
    const gateway = adapter.create({ BANK_TRANSFER_PREFIX: '9012' })
    const report = await gateway.payment(KEY, patience)
    expect(report).toMatchObject({ account: { number: referenceOf(KEY, readSettings({ BANK_TRANSFER_PREFIX: '9012' })) } })
    expect(report).not.toHaveProperty('account.reference')
  })

  it('is not there where no account was set', async () => {
    const gateway = adapter.create({})
    expect(await gateway.payment(KEY, patience)).toEqual({ status: 'pending' })
    const amount = { minor: 1n, currency: 'KRW' } as const
    const request = { key: KEY, amount, title: 't', language: 'en', returnUrl: 'https://x.example/', expiresAt: 0 } as const
    await expect(gateway.openSession(request, patience)).rejects.toMatchObject({ kind: 'technical', code: 'account_unknown' })
  })
})

it.each([
  ['BANK_TRANSFER_ACCOUNT', '<script>'],
  ['BANK_TRANSFER_PREFIX', '12a'],
  ['BANK_TRANSFER_PREFIX', '12345678901'],
  ['BANK_TRANSFER_DAYS', '0'],
  ['BANK_TRANSFER_DAYS', '1.5'],
])('the setting %s is not %s', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(expect.objectContaining({ code: 'setting_invalid', pointer: `/${name}` }))
})
