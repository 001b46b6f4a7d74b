import type { Queryable } from '../connection.ts'

/**
 * Checkouts that should have moved a grace (milliseconds) ago and did not: no payment page was asked for, or the end of
 * its time has passed. Their run was lost before it began or was ended by hand, and they would hold their bills for ever.
 * Each time one is found its next turn is put off twice as long.
 */
export async function lostCheckouts(sql: Queryable, now: number, options: { grace: number; limit: number }): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    update checkouts set wakes_missed = wakes_missed + 1
    where id in (
      select id from checkouts
      where ended_at is null
        and (case state when 'claimed' then created_at else expires_at end)
          + make_interval(secs => ${options.grace / 1000}::double precision * power(2, least(wakes_missed, 30))) < ${now}
      order by expires_at limit ${options.limit} for update skip locked)
    returning id`
  return rows.map(({ id }) => id)
}
