import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { checkFile } from '../../cli/run/check-file.ts'
import { readBills } from '../../cli/run/read-bills.ts'
import type { FileBill } from '../../cli/run/read-row.ts'
import { readMapping } from '../../cli/run/read-mapping.ts'
import { parseMoney } from '../../domain/money.ts'
import { makeBills } from '../../examples/korea/make.ts'
import { describeIf } from '../support/skip.ts'

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url))
const FILE = path('examples/korea/bills.csv')

async function bills(file: string, mapping: string): Promise<FileBill[]> {
  const all: FileBill[] = []
  for await (const bill of readBills(file, await readMapping(mapping))) if (!Array.isArray(bill)) all.push(bill)
  return all
}

describe('the example institutions', () => {
  it('are what the script beside them makes', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(makeBills())
  })

  it('send 300 bills and 8 notices to 60 people, in Korean and English', async () => {
    const all = await bills(FILE, path('examples/korea/mapping.json'))
    expect(all.filter(({ body }) => body.amount !== null)).toHaveLength(300)
    expect(all.filter(({ body }) => body.amount === null)).toHaveLength(8)
    expect(new Set(all.map(({ body }) => body.citizen.identifier)).size).toBe(60)
    expect(new Set(all.map(({ institution }) => institution.slug)).size).toBe(5)
    expect(all.filter(({ body }) => body.citizen.language === 'en').length).toBeGreaterThan(50)
    expect(new Set(all.map(({ body }) => body.amount?.currency))).toEqual(new Set(['KRW', undefined]))
  })

  it('have one person with exactly twelve bills of all five, who can sign in by mail', async () => {
    const all = await bills(FILE, path('examples/korea/mapping.json'))
    const hers = all.filter(({ body }) => body.citizen.identifier === 'P-001')
    expect(hers.filter(({ body }) => body.amount !== null)).toHaveLength(12)
    expect(hers).toHaveLength(12)
    expect(new Set(hers.map(({ institution }) => institution.slug)).size).toBe(5)
    expect(hers[0]?.body.citizen.contacts).toEqual([{ channel: 'email', address: 'haneul.kim@example.org' }])
  })

  it('pass the check as a whole', async () => {
    await expect(checkFile(FILE, await readMapping(path('examples/korea/mapping.json')))).resolves.toMatchObject({ bills: 308 })
  })
})

const DATA = path('../shared/data/libraries-west')

describeIf(existsSync(DATA), 'the LibrariesWest months are not beside the clone (../shared/data/libraries-west)')(
  'real months of bills',
  () => {
    it.each(['2020-12', '2021-01'])('%s is read to the penny', async (month) => {
      const expected = JSON.parse(readFileSync(`${DATA}/expected-${month}.json`, 'utf8')) as {
        bills: number
        by_authority: Record<string, { bills: number; amount: string }>
      }
      const sums = new Map<string, { bills: number; minor: bigint }>()
      const all = await bills(`${DATA}/bills-${month}.csv`, path('examples/libraries-west/mapping.json'))
      for (const { institution, body } of all) {
        const { bills: count, minor } = sums.get(institution.value) ?? { bills: 0, minor: 0n }
        sums.set(institution.value, {
          bills: count + 1,
          minor: minor + parseMoney(body.amount ?? { amount: '0.00', currency: 'GBP' }).minor,
        })
      }
      expect(all).toHaveLength(expected.bills)
      expect(Object.fromEntries(sums)).toEqual(
        Object.fromEntries(
          Object.entries(expected.by_authority).map(([name, { bills: count, amount }]) => [
            name,
            { bills: count, minor: parseMoney({ amount, currency: 'GBP' }).minor },
          ]),
        ),
      )
    })
  },
)
