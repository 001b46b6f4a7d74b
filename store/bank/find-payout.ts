import { bare } from '../../domain/reference.ts'
import type { Tx } from '../connection.ts'
import type { BankLineRow } from './bank-line.ts'

interface NotSeen {
  id: string
  gateway: string
  name: string
  net_minor: bigint
}

export interface Payout {
  readonly gateway: string
  /** The settlement files that this money is for, the oldest first. */
  readonly statementIds: readonly string[]
}

/** More files than a gateway makes between two payouts. */
const FILES_MAX = 40

/**
 * The gateway's files that a bank's line pays out: one whose sum it is, or all of a gateway from the oldest on that have
 * not been seen yet. A file's name in the line settles a doubt; without one there has to be exactly one answer.
 */
export async function findPayout(tx: Tx, line: BankLineRow): Promise<Payout | 'ambiguous' | null> {
  const files = await tx<NotSeen[]>`
    select id, gateway, name, net_minor from statements
    where source = 'gateway' and seen_in_bank is null and net_minor is not null and currency = ${line.currency} and state = 'posted'
    order by gateway, id limit 1000`
  const found: Payout[] = []
  for (const gateway of new Set(files.map((file) => file.gateway))) {
    const own = files.filter((file) => file.gateway === gateway).slice(0, FILES_MAX)
    found.push(...own.filter(({ net_minor }) => net_minor === line.gross_minor).map(({ id }) => ({ gateway, statementIds: [id] })))
    for (let count = 2; count <= own.length; count += 1) {
      const first = own.slice(0, count)
      if (first.reduce((sum, { net_minor }) => sum + net_minor, 0n) === line.gross_minor)
        found.push({ gateway, statementIds: first.map(({ id }) => id) })
    }
  }
  if (found.length <= 1) return found[0] ?? null
  const said = bare([...line.refs, line.text, line.payer_name ?? ''].join(' '))
  const named = found.filter(({ statementIds }) =>
    statementIds.some((id) => said.includes(bare(files.find((file) => file.id === id)?.name ?? '\0'))),
  )
  return named.length === 1 ? (named[0] ?? null) : 'ambiguous'
}
