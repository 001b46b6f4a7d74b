import type { Sql } from '../../store/connection.ts'
import { readStops } from '../../store/providers/provider-stop.ts'
import { age, type Finding, warning } from './finding.ts'

/** Channels and gateways that an operator has stopped: a decision, of which somebody should be reminded. */
export const diagnoseStops = async (sql: Sql, now: number): Promise<Finding[]> =>
  (await readStops(sql))
    .filter(({ stopped }) => stopped)
    .map(({ kind, name, reason, changed_at }) =>
      warning(
        `stopped:${kind}:${name}`,
        `It was stopped ${age(now - changed_at)} ago: ${reason}`,
        `What is due there waits. When the reason is gone: goji providers resume ${kind}:${name} --reason "…"`,
      ),
    )
