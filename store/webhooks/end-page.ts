import type { Tx } from '../connection.ts'

/** How it went with an endpoint, after a page of deliveries. Times are milliseconds. */
export interface Health {
  readonly failures: number
  readonly probes: number
  /** When to try an endpoint that is down; null for one that is not. */
  readonly probeAt: number | null
  readonly lastError: { readonly error: string; readonly at: number } | null
  readonly lastSuccessAt: number | null
  readonly gone: boolean
  readonly lookAt: number
}

/**
 * Writes an endpoint's health. One that came back gets everything that waits at once; one that says that it is gone for
 * good (410) is disabled until somebody enables it.
 */
export async function endPage(tx: Tx, endpointId: string, health: Health, now: number): Promise<void> {
  const { failures, probes, probeAt, lastError, lastSuccessAt, gone, lookAt } = health
  const [before] = await tx<{ down_since: number | null }[]>`select down_since from webhook_endpoints where id = ${endpointId} for update`
  if (!before) return
  if (before.down_since !== null && probeAt === null) {
    await tx`update webhook_deliveries set due_at = ${now} where endpoint_id = ${endpointId} and due_at > ${now}`
  }
  await tx`
    update webhook_endpoints set failures = ${failures}, probes = ${probes}, probe_at = ${probeAt},
      down_since = ${probeAt === null ? null : tx`coalesce(down_since, ${now})`},
      last_error = coalesce(${lastError?.error ?? null}, last_error), last_error_at = coalesce(${lastError?.at ?? null}, last_error_at),
      last_success_at = coalesce(${lastSuccessAt}, last_success_at),
      state = case when ${gone} and state = 'enabled' then 'disabled' else state end,
      disabled_because = case when ${gone} and state = 'enabled' then 'gone' else disabled_because end,
      look_at = ${lookAt}, wakes_missed = 0
    where id = ${endpointId}`
}
