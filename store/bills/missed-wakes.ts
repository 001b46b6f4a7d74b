import type { Queryable } from '../connection.ts'

/**
 * Open bills whose time to look again is past by a grace: their run was lost, ended by hand, or undone by a restore.
 * Each time a bill is found its next turn is put off twice as long, so one bill that cannot move holds up no other.
 */
export async function missedWakes(sql: Queryable, now: number, options: { grace: number; limit: number }): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    update bills set wakes_missed = wakes_missed + 1
    where id in (
      select id from bills
      where stage <> 'closed' and wake_at is not null
        and wake_at + make_interval(secs => ${options.grace / 1000}::double precision * power(2, least(wakes_missed, 30))) < ${now}
      order by wake_at limit ${options.limit} for update skip locked)
    returning id`
  return rows.map(({ id }) => id)
}
