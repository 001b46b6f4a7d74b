import { describe, expect, it } from '@jest/globals'
import { actOf, citizenOf } from '../../cli/run/citizens.ts'
import type { FileBill } from '../../cli/run/read-row.ts'
import { mapping } from './files.ts'

const mixed = mapping({
  contacts: [
    { channel: 'app', addresses: ['pay:{citizen}', 'talk:{citizen}'], share: 0.5 },
    { channel: 'email', addresses: ['{citizen}@example.org'], share: 1 },
  ],
  citizens: {
    behaviours: { payAll: 1, ignore: 1 },
    methods: { card: 1, simplePay: 1 },
    declined: 0.5,
    seconds: [1, 9],
    fixed: { 'LW-7': 'ignore' },
  },
  institutionActs: { leave: 1, cancel: 1, writeOff: 1 },
})
const ids = Array.from({ length: 2_000 }, (_, index) => `LW-${index}`)

const bill = (number: string, citizen: string, amount: string | null = '5.00'): FileBill => ({
  row: 2,
  institution: mixed.institutions[0] as (typeof mixed.institutions)[number],
  body: {
    billNumber: number,
    policy: 'charge',
    title: 'Lost item',
    amount: amount === null ? null : { amount, currency: 'GBP' },
    citizen: { identifier: citizen, language: 'en', contacts: [] },
  },
})

describe('a simulated citizen', () => {
  it('is the same person for the same seed, whoever was asked before', () => {
    const forwards = ids.map((id) => citizenOf(id, mixed, 5))
    const backwards = [...ids].reverse().map((id) => citizenOf(id, mixed, 5))
    expect(backwards.reverse()).toEqual(forwards)
    expect(ids.map((id) => citizenOf(id, mixed, 6))).not.toEqual(forwards)
  })

  it('has a share of the contacts, with an address of their own', () => {
    const people = ids.map((id) => citizenOf(id, mixed, 5))
    const withApp = people.filter(({ contacts }) => contacts.some(({ channel }) => channel === 'app'))
    expect(Math.abs(withApp.length - 1_000)).toBeLessThan(112)
    expect(people[3]?.contacts.at(-1)).toEqual({ channel: 'email', address: 'lw-3@example.org' })
    expect(new Set(people.flatMap(({ contacts }) => contacts.map(({ address }) => address.split(':')[0])))).toEqual(
      new Set(['pay', 'talk', ...ids.map((id) => `${id.toLowerCase()}@example.org`)]),
    )
  })

  it('acts within the seconds of the mapping', () => {
    for (const { delayMs } of ids.map((id) => citizenOf(id, mixed, 5))) {
      expect(delayMs).toBeGreaterThanOrEqual(1_000)
      expect(delayMs).toBeLessThan(9_000)
    }
  })

  it('plays the part that is fixed, and institutions leave that citizen alone', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      expect(citizenOf('LW-7', mixed, seed).behaviour).toBe('ignore')
      expect(actOf(bill('B-1', 'LW-7'), mixed, seed)).toBe('leave')
    }
  })
})

describe('an institution', () => {
  it('cancels and forgives by its weights, each bill by itself', () => {
    const acts = ids.map((id) => actOf(bill(`B-${id}`, id), mixed, 5))
    for (const act of ['leave', 'cancel', 'writeOff']) expect(Math.abs(acts.filter((one) => one === act).length - 667)).toBeLessThan(106)
  })

  it('does nothing about a notice that asks for no money', () => {
    expect(new Set(ids.map((id) => actOf(bill(`B-${id}`, id, null), mixed, 5)))).toEqual(new Set(['leave']))
  })
})
