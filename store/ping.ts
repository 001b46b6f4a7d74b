import type postgres from 'postgres'
import type { Queryable } from './connection.ts'

/** Answers when the database does; a connection of any login will do. */
export async function ping(sql: Queryable | postgres.Sql): Promise<void> {
  const plain = sql as postgres.Sql
  await plain`select 1`
}
