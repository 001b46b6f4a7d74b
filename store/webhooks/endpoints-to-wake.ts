import type { Queryable } from '../connection.ts'

/**
 * Enabled endpoints whose run does not know what to do: it should have looked a grace (milliseconds) ago and is lost, or
 * there are new events in the feed and it would look only later. Each time one is found its next turn is put off twice as
 * long. An endpoint that is down looks again soon enough by itself.
 */
export async function endpointsToWake(sql: Queryable, now: number, options: { grace: number; limit: number }): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    update webhook_endpoints set wakes_missed = wakes_missed + 1
    where id in (
      select e.id from webhook_endpoints e
      where e.state = 'enabled' and (
        coalesce(e.look_at, e.created_at) + make_interval(secs => ${options.grace / 1000}::double precision * power(2, least(e.wakes_missed, 6))) < ${now}
        or (e.probe_at is null and e.wakes_missed = 0 and exists (
          select from events v where v.institution_id = e.institution_id and v.mode = e.mode and v.position > e.position)))
      order by e.look_at nulls first limit ${options.limit} for update skip locked)
    returning id`
  return rows.map(({ id }) => id)
}
