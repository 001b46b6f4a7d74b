import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mapping, mappingSchema } from '../../cli/run/mapping.ts'

const folder = mkdtempSync(join(tmpdir(), 'goji-cli-test-'))
let files = 0

/** Writes a file of the test's own and answers its path; its name is always the same, so that messages can be compared. */
export function written(content: string | Buffer, name = 'bills.csv'): string {
  files += 1
  const path = join(mkdtempSync(join(folder, `${files}-`)), name)
  writeFileSync(path, content)
  return path
}

export const HEADER = 'Authority,Number,User,Date,Reason,Library,Amount'
export const GOOD = 'Bristol,B-1,LW-1,01/02/2021,Lost item,Central,5.00'

/** A mapping as somebody would write it; every field but the named ones is good. */
export const mappingText = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  currency: 'GBP',
  dateFormat: 'DD/MM/YYYY',
  columns: {
    institution: 'Authority',
    billNumber: 'Number',
    citizen: 'User',
    title: 'Reason',
    amount: 'Amount',
    dates: ['Date'],
    details: [{ label: 'Library', column: 'Library' }],
  },
  institutions: ['Bristol', 'Dorset'].map((name) => ({
    value: name,
    slug: name.toLowerCase(),
    name: { ko: name, en: name },
    zone: 'Europe/London',
    policy: 'charge',
    billTitle: { ko: '요금', en: 'Charge' },
  })),
  policies: {
    charge: {
      calendar: { zone: 'Europe/London' },
      chain: [{ channel: 'inbox', wait: 'PT1S', until: 'delivered' }],
      proofOfService: 'accepted',
      due: { from: 'issue', after: 'PT0S' },
      reminders: [],
      handBackAfter: 'PT0S',
      settlement: { within: 'PT1M', askEvery: 'PT1M', exceptionAfter: 'PT1H' },
      checkout: { expiresAfter: 'PT5M', askEvery: 'PT5S' },
      onExcess: 'refund',
      pauseStops: [],
      rounding: 'down',
    },
  },
  citizens: { behaviours: { payAll: 1 }, methods: { card: 1 }, seconds: [0, 0] },
  ...changes,
})

export const mapping = (changes?: Readonly<Record<string, unknown>>): Mapping => mappingSchema.parse(mappingText(changes))
