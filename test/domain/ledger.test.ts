import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Account, ACCOUNTS, paymentPosting, type Posting, refundPosting, settlementPosting } from '../../domain/ledger.ts'
import { MAX_MINOR } from '../../domain/money.ts'

const amount = fc.bigInt({ min: 1n, max: MAX_MINOR })
const anyAmount = fc.bigInt({ min: 0n, max: MAX_MINOR })
const signed = fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR })
const parts = fc.array(
  fc.record({
    institutionId: fc.constantFrom('ins_1', 'ins_2', 'ins_3'),
    billId: fc.uuid(),
    allocated: anyAmount,
    excess: anyAmount,
    excessIs: fc.constantFrom('refunded' as const, 'held' as const, 'credited' as const),
  }),
  { maxLength: 12 },
)
const places = fc.constantFrom({ account: 'gatewayClearing', holder: 'gate' } as const, { account: 'bank', holder: '' } as const)

const sum = (minors: readonly bigint[]): bigint => minors.reduce((a, b) => a + b, 0n)
/** What a posting does to an account: debits less credits. */
const effect = ({ entries }: Posting, account: Account, holder?: string): bigint =>
  sum(
    entries
      .filter((one) => one.account === account && (holder === undefined || one.holder === holder))
      .map(({ side, minor }) => (side === 'debit' ? minor : -minor)),
  )

function expectBalanced(posting: Posting): void {
  expect(sum(ACCOUNTS.map((account) => effect(posting, account)))).toBe(0n)
  expect(posting.entries.length).toBeGreaterThanOrEqual(2)
  for (const { minor } of posting.entries) expect(minor).toBeGreaterThan(0n)
}

describe('every posting balances, whatever the amounts', () => {
  it('money in: it lies in one place, and every part of it is owed to somebody', () => {
    fc.assert(
      fc.property(places, parts, anyAmount, (into, all, unplaced) => {
        const total = unplaced + sum(all.map(({ allocated, excess }) => allocated + excess))
        fc.pre(total > 0n)
        const posting = paymentPosting(into, { minor: total, currency: 'KRW' }, all, unplaced)
        expectBalanced(posting)
        expect(effect(posting, into.account, into.holder)).toBe(total)
        for (const { institutionId } of all) {
          expect(effect(posting, 'payable', institutionId)).toBe(
            -sum(all.filter((one) => one.institutionId === institutionId).map(({ allocated }) => allocated)),
          )
        }
        const excessOf = (where: string): bigint => sum(all.filter(({ excessIs }) => excessIs === where).map(({ excess }) => excess))
        expect(effect(posting, 'suspense')).toBe(-excessOf('held') - unplaced)
        expect(effect(posting, 'refundPayable')).toBe(-excessOf('refunded'))
        expect(effect(posting, 'citizenCredit')).toBe(-excessOf('credited'))
      }),
    )
  })

  it('money back: what was owed to the citizen, or to the institution, leaves the gateway', () => {
    fc.assert(
      fc.property(amount, fc.option(fc.uuid()), fc.option(fc.constant('ins_1')), (minor, billId, institutionId) => {
        const posting = refundPosting({ account: 'gatewayClearing', holder: 'gate' }, 'GBP', minor, { billId, institutionId })
        expectBalanced(posting)
        expect(effect(posting, 'gatewayClearing', 'gate')).toBe(-minor)
        expect(effect(posting, institutionId === null ? 'refundPayable' : 'payable', institutionId ?? '')).toBe(minor)
      }),
    )
  })

  it('settlement: gross leaves the gateway, net reaches the bank, fees are the difference, in either direction', () => {
    fc.assert(
      fc.property(signed, signed, (gross, fee) => {
        fc.pre(gross !== 0n || fee !== 0n)
        const posting = settlementPosting('gate', 'KWD', { gross, fee, net: gross - fee })
        expectBalanced(posting)
        expect(effect(posting, 'gatewayClearing', 'gate')).toBe(-gross)
        expect(effect(posting, 'bank')).toBe(gross - fee)
        expect(effect(posting, 'fees', 'gate')).toBe(fee)
      }),
    )
  })
})

describe('what does not balance is never posted', () => {
  it('parts that are not the whole', () => {
    fc.assert(
      fc.property(places, parts, amount, (into, all, minor) => {
        fc.pre(sum(all.map(({ allocated, excess }) => allocated + excess)) !== minor)
        expect(() => paymentPosting(into, { minor, currency: 'KRW' }, all, 0n)).toThrow(RangeError)
      }),
    )
  })

  it('a net that is not gross less fee', () => {
    fc.assert(
      fc.property(amount, anyAmount, signed, (gross, fee, off) => {
        fc.pre(off !== 0n)
        expect(() => settlementPosting('gate', 'KRW', { gross, fee, net: gross - fee + off })).toThrow(RangeError)
      }),
    )
  })

  it('amounts below zero, and nothing at all', () => {
    const nobody = { billId: null, institutionId: null }
    const part = (allocated: bigint) => ({ institutionId: 'ins_1', billId: 'bill_1', allocated, excess: 0n, excessIs: null })
    const gate = { account: 'gatewayClearing', holder: 'gate' } as const
    expect(() => paymentPosting(gate, { minor: 10n, currency: 'KRW' }, [part(-5n), part(15n)], 0n)).toThrow(RangeError)
    expect(() => refundPosting(gate, 'KRW', -1n, nobody)).toThrow(RangeError)
    expect(() => refundPosting(gate, 'KRW', 0n, nobody)).toThrow(RangeError)
    expect(() => paymentPosting(gate, { minor: 0n, currency: 'KRW' }, [], 0n)).toThrow(RangeError)
  })
})
