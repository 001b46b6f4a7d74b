import postgres from 'postgres'
import { invariants, type Moment } from '../../store/invariants/definitions.ts'

/** Every sentence of the views of the invariants that hold at this moment, read in the checker's role: none in books that are right. */
export async function violations(url: string, moments: readonly Moment[] = ['always']): Promise<string[]> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { role: 'goji_checker', timezone: 'UTC' } as Record<string, string>,
  })
  try {
    const found: string[] = []
    for (const { name } of invariants().filter(({ holds }) => moments.includes(holds))) {
      const rows = await sql<{ sentence: string }[]>`select sentence from goji_invariants.${sql(name)} order by ids limit 20`
      found.push(...rows.map(({ sentence }) => `${name}: ${sentence}`))
    }
    return found
  } finally {
    await sql.end()
  }
}
