import type { BankLine, BankPart, BankRecord } from '../../domain/bank-file.ts'
import { bare } from '../../domain/reference.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { appendLog } from '../log/append-log.ts'
import { beginRevision, endRevision } from './revise-part.ts'

/** Lines per insert: few round trips, and a statement of any length stays under PostgreSQL's limit on parameters. */
const LINES_PER_INSERT = 500

export interface BankFile {
  /** The gateway whose rail are transfers: payments that come this way are its. */
  readonly gateway: string
  readonly upload: { readonly id: string; readonly sha256: Buffer }
  /** What a reader finds in it. It throws where the file is not as it should be, and then nothing was received. */
  readonly records: AsyncIterable<BankRecord>
  readonly actor: string
}

/**
 * Keeps a bank's file with its lines, once: the same file again is the same statement, and a line that another file
 * brought already is not booked again. A statement of the same name, number and page as an earlier one is its revision.
 * @throws whatever the reader throws.
 */
export async function receiveBankFile(tx: Tx, file: BankFile, now: number): Promise<{ statementId: string; isNew: boolean }> {
  const { gateway, upload } = file
  const name = `bank-${upload.sha256.toString('hex').slice(0, 24)}`
  const statementId = newId('stm', now)
  const inserted = await tx`
    insert into statements (id, source, gateway, name, sha256, content, upload_id, state, received_at)
    values (${statementId}, 'bank', ${gateway}, ${name}, ${upload.sha256}, '', ${upload.id}, 'received', ${now}) on conflict (gateway, name) do nothing`
  if (inserted.count === 0) {
    const [known] = await tx<{ id: string }[]>`select id from statements where gateway = ${gateway} and name = ${name}`
    return { statementId: known?.id ?? '', isNew: false }
  }
  const lines = new LineWriter(tx, { statementId, gateway, now })
  let parts = 0
  let notBooked = 0
  let revision: Awaited<ReturnType<typeof beginRevision>> = null
  const endPart = async (): Promise<void> => {
    await lines.flush()
    if (revision) await endRevision(tx, revision, now)
  }
  for await (const record of file.records) {
    if (record.type === 'part') {
      await endPart()
      parts += 1
      const partId = await insertPart(tx, { statementId, seq: parts, part: record.part, now })
      revision = await beginRevision(tx, partId, record.part)
      lines.partId = partId
    } else if (record.type === 'line') {
      await lines.add(record.line)
    } else notBooked += 1
  }
  await endPart()
  await tx`update statements set known_lines = ${lines.known}, not_booked = ${notBooked} where id = ${statementId}`
  await appendLog(tx, `statement:${statementId}`, {
    at: now,
    action: 'received',
    actor: file.actor,
    body: { source: 'bank', parts, lines: lines.written, known: lines.known, sha256: upload.sha256.toString('hex') },
  })
  return { statementId, isNew: true }
}

async function insertPart(
  tx: Tx,
  { statementId, seq, part, now }: { statementId: string; seq: number; part: BankPart; now: number },
): Promise<string> {
  const id = newId('prt', now)
  await tx`
    insert into statement_parts (id, statement_id, seq, account, name, electronic_sequence, legal_sequence, page, is_last_page, created_at)
    values (${id}, ${statementId}, ${seq}, ${part.account.slice(0, 70)}, ${part.name}, ${part.electronicSequence}, ${part.legalSequence}, ${part.page},
      ${part.isLastPage}, ${part.createdAt})`
  return id
}

/** Writes lines in blocks and counts equal ones, so that the second of two equal payments is a line of its own. */
class LineWriter {
  partId = ''
  known = 0
  written = 0
  #seq = 0
  #held: { line: BankLine; reference: string; seq: number }[] = []
  readonly #counts = new Map<string, number>()
  readonly #tx: Tx
  readonly #of: { statementId: string; gateway: string; now: number }

  constructor(tx: Tx, of: { statementId: string; gateway: string; now: number }) {
    this.#tx = tx
    this.#of = of
  }

  async add(line: BankLine): Promise<void> {
    const count = (this.#counts.get(line.identity) ?? 0) + 1
    this.#counts.set(line.identity, count)
    this.#seq += 1
    this.#held.push({ line, reference: count === 1 ? line.identity : `${line.identity}#${count}`, seq: this.#seq })
    if (this.#held.length >= LINES_PER_INSERT) await this.flush()
  }

  async flush(): Promise<void> {
    const held = this.#held
    if (held.length === 0) return
    this.#held = []
    const { statementId, gateway, now } = this.#of
    const rows = held.map(({ line, reference, seq }) => ({
      id: newId('lin', now),
      statement_id: statementId,
      part_id: this.partId,
      seen_part_id: this.partId,
      seq,
      gateway,
      line_reference: reference,
      kind: line.amount.minor > 0n ? 'credit' : 'debit',
      subject_reference: (line.references[0] ?? '').slice(0, 140),
      currency: line.amount.currency,
      gross_minor: line.amount.minor,
      fee_minor: 0n,
      net_minor: line.amount.minor,
      settled_at: line.bookedAt,
      state: 'received',
    }))
    const kept = await this.#tx<{ id: string; line_reference: string; statement_id: string }[]>`
      insert into statement_lines ${this.#tx(rows)}
      on conflict (gateway, line_reference) do update set seen_part_id = excluded.seen_part_id returning id, line_reference, statement_id`
    const ids = new Map(kept.filter((row) => row.statement_id === statementId).map((row) => [row.line_reference, row.id]))
    const details = held.flatMap(({ line, reference }) => {
      const id = ids.get(reference)
      return id === undefined ? [] : [detailsOf(id, line)]
    })
    this.known += held.length - details.length
    this.written += details.length
    if (details.length > 0) await this.#tx`insert into bank_lines ${this.#tx(details)}`
  }
}

const detailsOf = (lineId: string, line: BankLine) => ({
  line_id: lineId,
  booked_on: line.bookedOn,
  value_on: line.valueOn,
  is_reversal: line.isReversal,
  is_unclear: line.isUnclear,
  return_reason: line.returnReason,
  refs: [...line.references],
  keys: [...new Set(line.references.map(bare))],
  text: line.text,
  payer_name: line.payerName,
  payer_account: line.payerAccount,
  payee_account: line.payeeAccount,
  code: line.code,
})
