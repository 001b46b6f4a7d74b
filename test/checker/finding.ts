import type postgres from 'postgres'

/** Something that is not as it must be: which rule, which thing, and a sentence for whoever has to find out why. */
export interface Finding {
  readonly rule: string
  readonly id: string
  readonly sentence: string
}

export type Row = Readonly<Record<string, string | null>>
/** One transaction with one view of the database. Every number is read as text, so that none is ever rounded. */
export type Snapshot = Pick<postgres.Sql, 'unsafe'>

/** Rows with every value as text: whole numbers as they are, times as milliseconds where the query says so. */
export async function read(snapshot: Snapshot, query: string): Promise<Row[]> {
  const rows = await snapshot.unsafe<Record<string, string | number | boolean | Date | null>[]>(query)
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])))
}

/** A time of the database in whole milliseconds. */
export const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`
