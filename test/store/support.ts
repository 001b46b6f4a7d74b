import { randomUUID } from 'node:crypto'
import { expect } from '@jest/globals'
import postgres from 'postgres'
import type { Policy } from '../../domain/policy.ts'
import { connect, type Sql, type Tx } from '../../store/connection.ts'
import { createBill, type NewBill } from '../../store/commands/create-bill.ts'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { openCheckout } from '../../store/commands/open-checkout.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { insertInstitution } from '../../store/institutions/insert-institution.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { quietPolicy } from '../support/policy.ts'
import { withDatabase } from '../support/postgres.ts'
import { describeIf } from '../support/skip.ts'
import { violations } from '../support/violations.ts'

const missing = await reasonMissing('postgres')
/** A suite that needs the database. */
export const describeStore = describeIf(missing === null, missing ?? '')

/** When these tests begin: a Monday morning in Seoul. */
export const NOW = Date.parse('2026-03-02T00:00:00Z')
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export interface Store {
  /** As the application. */
  readonly sql: Sql
  /** As the one who may do everything: to look behind the scenes, and to break what nobody else can. */
  readonly admin: postgres.Sql
  readonly url: string
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  institution(policy?: Partial<Policy>): Promise<Institution>
  /** Ends the connections and keeps the database. */
  disconnect(): Promise<void>
  /** Finds every invariant of the books kept, unless the test has broken them on purpose. */
  close(books?: 'broken'): Promise<void>
}

export interface Institution {
  readonly id: string
  /** Records a bill over 10,000 won for a citizen of its own, unless the input says otherwise. */
  bill(input?: Partial<NewBill>): Promise<string>
  /** A bill that is issued at once. */
  issued(input?: Partial<NewBill>): Promise<string>
}

/** A database of its own, migrated. */
export async function openStore(): Promise<Store> {
  const { url, drop } = await withDatabase()
  const sql = connect(url, { role: 'goji_app', max: 12, name: 'goji-test' })
  const admin = postgres(url, { max: 4, onnotice: () => undefined, connection: { search_path: 'goji', timezone: 'UTC' } })
  const store: Store = {
    sql,
    admin,
    url,
    run: (work) => transaction(sql, work),
    institution: (policy) => makeInstitution(store, policy),
    disconnect: async () => void (await Promise.all([sql.end(), admin.end()])),
    close: async (books) => {
      await store.disconnect()
      const found = books === 'broken' ? [] : await violations(url)
      await drop()
      expect(found).toEqual([])
    },
  }
  return store
}

async function makeInstitution(store: Store, policy: Partial<Policy> = {}): Promise<Institution> {
  const slug = `i-${randomUUID().slice(0, 12)}`
  const id = await store.run(async (tx) => {
    const made = await insertInstitution(tx, { slug, name: { ko: slug, en: slug }, currency: 'KRW', zone: 'Asia/Seoul' }, NOW)
    await insertPolicy(
      tx,
      { institutionId: made, name: 'bill', title: { ko: '고지', en: 'Bill' }, body: { ...quietPolicy, ...policy }, actor: 'test' },
      NOW,
    )
    return made
  })
  const bill = async (input: Partial<NewBill> = {}): Promise<string> =>
    (await store.run((tx) => createBill(tx, newBill(id, input), NOW))).billId
  return {
    id,
    bill,
    issued: async (input) => {
      const billId = await bill(input)
      await store.run((tx) => takeStep(tx, billId, 'issue', NOW))
      return billId
    },
  }
}

export const newBill = (institutionId: string, input: Partial<NewBill> = {}): NewBill => ({
  institutionId,
  mode: 'test',
  billNumber: randomUUID(),
  policy: 'bill',
  title: 'Local tax',
  details: [],
  currency: 'KRW',
  dueDate: null,
  issueAt: NOW,
  actor: 'test',
  amount: { minor: 10_000n, currency: input.currency ?? 'KRW' },
  citizen: citizen(randomUUID()),
  ...input,
})

/** The same word is the same person. */
export const citizen = (word: string): NewBill['citizen'] => ({
  identifierHash: Buffer.from(word.padEnd(32, '.')),
  name: '김하늘',
  language: 'ko',
  contacts: [{ channel: 'inbox', address: `${word}@example.org` }],
})

export type Row = Record<string, unknown>

export async function one<T extends Row = Row>(sql: postgres.Sql | Sql, table: string, id: string): Promise<T> {
  const [row] = await (sql as postgres.Sql)<Row[]>`select * from ${(sql as postgres.Sql)(table)} where id = ${id}`
  if (!row) throw new Error(`there is no ${id} in ${table}`)
  return row as T
}

/** A checkout over bills of one citizen, with the gateway's page open. */
export async function open(store: Store, billIds: readonly string[], now = NOW): Promise<string> {
  const [row] = await store.sql<{ citizen_id: string }[]>`select citizen_id from bills where id = ${billIds[0] ?? ''}`
  const citizenId = row?.citizen_id ?? ''
  return store.run(async (tx) => {
    const { checkoutId } = await beginCheckout(
      tx,
      { citizenId, billIds, gateway: 'gate', language: 'ko', returnPath: '/checkouts/{id}', actor: 'citizen' },
      now,
    )
    await openCheckout(tx, checkoutId, { reference: `ref-${checkoutId}`, url: 'https://gateway.example/' })
    return checkoutId
  })
}

/** The gateway took `minor` for a checkout, or exactly what was asked for. */
export async function capture(store: Store, checkoutId: string, minor?: bigint, now = NOW): ReturnType<typeof recordCapture> {
  const [checkout] = await store.sql<
    { amount_minor: bigint; currency: 'KRW' }[]
  >`select amount_minor, currency from checkouts where id = ${checkoutId}`
  const amount = { minor: minor ?? checkout?.amount_minor ?? 0n, currency: checkout?.currency ?? 'KRW' }
  return store.run((tx) => recordCapture(tx, checkoutId, { status: 'captured', amount, method: 'card', paidAt: now }, now))
}

/** Runs the same thing `times` at once; answers what came of each. */
export const atOnce = <T>(times: number, work: (index: number) => Promise<T>): Promise<PromiseSettledResult<T>[]> =>
  Promise.allSettled(Array.from({ length: times }, (_, index) => work(index)))

export const wins = (results: readonly PromiseSettledResult<unknown>[]): number =>
  results.filter(({ status }) => status === 'fulfilled').length
export const refusals = (results: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code?: unknown }).code] : []))

/** An error with this code: a refusal of ours, or a SQLSTATE. */
export const coded = (code: string): unknown => expect.objectContaining({ code })
