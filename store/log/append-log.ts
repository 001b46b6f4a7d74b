import type { Tx } from '../connection.ts'
import { send } from '../unit/transaction.ts'
import { hashOf } from './chain.ts'

export interface LogHead {
  readonly seq: number
  readonly hash: Buffer | null
}

export interface NewLogEntry {
  readonly at: number
  readonly action: string
  readonly actor: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface LogRow {
  subject: string
  seq: number
  at: number
  action: string
  actor: string
  body: string
  previous_hash: Buffer | null
  hash: Buffer
}

/** Chains new entries to the head of a subject's log. Amounts in a body are decimal strings or minor-unit strings. */
export function chainEntries(subject: string, head: LogHead, entries: readonly NewLogEntry[]): { rows: LogRow[]; head: LogHead } {
  let { seq, hash } = head
  const rows = entries.map(({ at, action, actor, body }) => {
    const entry = { subject, seq: ++seq, at, action, actor, body: JSON.stringify(body), previousHash: hash }
    const row = { subject, seq: entry.seq, at, action, actor, body: entry.body, previous_hash: hash, hash: hashOf(entry) }
    hash = row.hash
    return row
  })
  return { rows, head: { seq, hash } }
}

export function insertLogRows(tx: Tx, rows: readonly LogRow[]): void {
  if (rows.length > 0) send(tx, tx`insert into log ${tx(rows as LogRow[])}`)
}

/** The first entry of a subject that this transaction makes, whose head is not kept on a row of its own. */
export const beginLog = (tx: Tx, subject: string, entry: NewLogEntry): void =>
  insertLogRows(tx, chainEntries(subject, { seq: 0, hash: null }, [entry]).rows)

/** Appends to a subject whose head is not kept on a row of its own (statement, key, institution). Call under its lock. */
export async function appendLog(tx: Tx, subject: string, entry: NewLogEntry): Promise<void> {
  const [last] = await tx<{ seq: number; hash: Buffer }[]>`select seq, hash from log where subject = ${subject} order by seq desc limit 1`
  insertLogRows(tx, chainEntries(subject, { seq: last?.seq ?? 0, hash: last?.hash ?? null }, [entry]).rows)
}
