import type { Tx } from '../connection.ts'

/** What is wrong with a row: the bill's field, and the institution's own word for it. */
export interface RowProblem {
  readonly code: string
  readonly column: string
  readonly pointer: string
  readonly message: string
}

/** The part of a row's bill that only the bill itself needs. */
export interface RowBill {
  readonly title: string
  readonly details: readonly { readonly label: string; readonly value: string }[]
  readonly name: string | null
  readonly language: 'ko' | 'en'
  readonly contacts: readonly { readonly channel: string; readonly address: string }[]
}

/** A row that was read. What is wrong with it comes in place of its bill. */
export interface NewRow {
  readonly row: number
  readonly billNumber: string | null
  readonly problems: readonly RowProblem[]
  readonly valid: null | {
    readonly policy: string
    readonly amountMinor: bigint | null
    readonly dueDate: string | null
    readonly validUntil: string | null
    /** Milliseconds; null: when the batch is issued. */
    readonly issueAt: number | null
    readonly identifierHash: Buffer
    readonly bill: RowBill
  }
}

/** Stores rows of a file in one statement, however many. */
export async function insertRows(tx: Tx, batchId: string, rows: readonly NewRow[], now: number): Promise<void> {
  const records = rows.map(({ row, billNumber, problems, valid }) => ({
    row,
    bill_number: billNumber,
    state: valid === null ? 'invalid' : 'received',
    problems,
    policy: valid?.policy ?? null,
    asks_money: valid === null ? null : valid.amountMinor !== null,
    amount_minor: valid?.amountMinor?.toString() ?? null,
    due_date: valid?.dueDate ?? null,
    valid_until: valid?.validUntil ?? null,
    issue_at: typeof valid?.issueAt === 'number' ? new Date(valid.issueAt).toISOString() : null,
    channels: valid?.bill.contacts.map(({ channel }) => channel).sort() ?? null,
    identifier_hash: valid?.identifierHash.toString('hex') ?? null,
    bill: valid?.bill ?? null,
  }))
  await tx`
    insert into batch_rows (batch_id, row, state, bill_number, policy, asks_money, amount_minor, due_date, valid_until, issue_at, channels, identifier_hash, bill, problems, changed_at)
    select ${batchId}, row, state, bill_number, policy, asks_money, amount_minor, due_date, valid_until, issue_at, channels, decode(identifier_hash, 'hex'), nullif(bill, 'null'), problems, ${now}
    from jsonb_to_recordset(${tx.json(records as never)}) as r (row int, state text, bill_number text, policy text, asks_money boolean, amount_minor bigint,
      due_date date, valid_until date, issue_at timestamptz, channels text[], identifier_hash text, bill jsonb, problems jsonb)`
}

export interface KnownNumbers {
  /** In which earlier row of the same file a number stands. */
  readonly rows: ReadonlyMap<string, number>
  /** Numbers that a bill of the institution has. */
  readonly taken: ReadonlySet<string>
}

/** Which of some bill numbers are there already. */
export async function knownNumbers(
  tx: Tx,
  batch: { id: string; institutionId: string },
  numbers: readonly string[],
): Promise<KnownNumbers> {
  const list = numbers as string[]
  const [rows, bills] = await Promise.all([
    tx<{ bill_number: string; row: number }[]>`
      select bill_number, min(row) as row from batch_rows where batch_id = ${batch.id} and bill_number = any(${list}) group by bill_number`,
    tx<
      { bill_number: string }[]
    >`select bill_number from bills where institution_id = ${batch.institutionId} and bill_number = any(${list})`,
  ])
  return {
    rows: new Map(rows.map(({ bill_number, row }) => [bill_number, row])),
    taken: new Set(bills.map(({ bill_number }) => bill_number)),
  }
}
