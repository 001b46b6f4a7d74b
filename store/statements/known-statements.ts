import type { Queryable } from '../connection.ts'

/** Which of a gateway's files have come already. */
export async function knownStatements(sql: Queryable, gateway: string, names: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ name: string }[]>`select name from statements where gateway = ${gateway} and name = any(${names as string[]})`
  return new Set(rows.map(({ name }) => name))
}
