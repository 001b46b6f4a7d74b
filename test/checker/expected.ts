import { readFile } from 'node:fs/promises'
import { type Finding, read, type Snapshot } from './finding.ts'

/** What the source of the bills published: how many of each authority, and their sum as a decimal string. */
interface Published {
  readonly currency: string
  readonly by_authority: Readonly<Record<string, { readonly bills: number; readonly amount: string }>>
}

/** The bills of each institution against published totals, to the penny. Several files (months) add up. */
export async function checkExpected(snapshot: Snapshot, paths: readonly string[]): Promise<Finding[]> {
  const published = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, 'utf8')) as Published))
  const expected = new Map<string, { bills: bigint; minor: bigint }>()
  for (const { currency, by_authority: authorities } of published) {
    for (const [name, { bills, amount }] of Object.entries(authorities)) {
      const before = expected.get(`${name} ${currency}`) ?? { bills: 0n, minor: 0n }
      expected.set(`${name} ${currency}`, { bills: before.bills + BigInt(bills), minor: before.minor + BigInt(amount.replace('.', '')) })
    }
  }
  const rows = await read(
    snapshot,
    `select i.name_en || ' ' || b.currency as name, count(*) as bills, sum(b.charged_minor) as minor from bills b join institutions i on i.id = b.institution_id group by 1`,
  )
  const found = new Map(rows.map((row) => [row['name'] ?? '', row]))
  const findings = [...expected].flatMap(([name, { bills, minor }]) => {
    const row = found.get(name)
    if (row?.['bills'] === String(bills) && row['minor'] === String(minor)) return []
    return [
      {
        rule: 'published totals',
        id: name,
        sentence: `${name}: ${bills} bills over ${minor} were published, and here are ${row?.['bills'] ?? 0} over ${row?.['minor'] ?? 0}.`,
      },
    ]
  })
  for (const [name, row] of found) {
    if (!expected.has(name))
      findings.push({
        rule: 'published totals',
        id: name,
        sentence: `${name}: nothing was published, and here are ${row['bills']} bills over ${row['minor']}.`,
      })
  }
  return findings
}
