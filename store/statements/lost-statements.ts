import type { Queryable } from '../connection.ts'

/**
 * Statements that were received a grace (milliseconds) ago and are not booked yet: their run never began, or it takes
 * long, in which case starting it again does nothing. Each time one is found its next turn is put off twice as long.
 */
export async function lostStatements(sql: Queryable, now: number, options: { grace: number; limit: number }): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    update statements set wakes_missed = wakes_missed + 1
    where id in (
      select id from statements
      where state = 'received'
        and received_at + make_interval(secs => ${options.grace / 1000}::double precision * power(2, least(wakes_missed, 30))) < ${now}
      order by received_at limit ${options.limit} for update skip locked)
    returning id`
  return rows.map(({ id }) => id)
}
