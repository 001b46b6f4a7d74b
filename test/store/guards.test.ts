import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { connect, type Sql, type Tx } from '../../store/connection.ts'
import { atOnce, capture, coded, describeStore, type Institution, NOW, open, openStore, refusals, type Store, wins } from './support.ts'

/** What the program never does, tried all the same: the database stands for itself. */
const CHECK = '23514'
const FOREIGN_KEY = '23503'
const UNIQUE = '23505'
const PRIVILEGE = '42501'

describeStore('the database by itself', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close('broken'))

  async function header(tx: Tx): Promise<string> {
    const id = `led_${randomUUID()}`
    await tx`insert into ledger_transactions (id, kind, currency, at) values (${id}, 'payment', 'KRW', ${NOW})`
    return id
  }
  const entry = (tx: Tx, id: string, line: number, side: 'debit' | 'credit', minor: bigint, account = 'bank'): Promise<unknown> =>
    tx`insert into ledger_entries (transaction_id, line, account, holder, side, amount_minor) values (${id}, ${line}, ${account}, '', ${side}, ${minor})`

  async function payment(): Promise<{ paymentId: string; billId: string; checkoutId: string }> {
    const billId = await town.issued()
    const checkoutId = await open(store, [billId])
    await capture(store, checkoutId)
    const [row] = await store.sql<{ id: string }[]>`select id from payments where checkout_id = ${checkoutId}`
    return { paymentId: row?.id ?? '', billId, checkoutId }
  }

  describe('the ledger', () => {
    it.each([
      [
        'debits more than credits',
        [
          ['debit', 100n],
          ['credit', 99n],
        ],
      ],
      [
        'credits more than debits',
        [
          ['debit', 1n],
          ['credit', 1n],
          ['credit', 1n],
        ],
      ],
      ['one entry', [['debit', 5n]]],
      ['no entry', []],
    ] as const)('refuses a transaction with %s when it is committed', async (_, entries) => {
      const written = store.run(async (tx) => {
        const id = await header(tx)
        for (const [line, [side, minor]] of entries.entries()) await entry(tx, id, line, side, minor)
        return id
      })
      await expect(written).rejects.toEqual(expect.objectContaining({ code: CHECK, constraint_name: 'ledger_balanced' }))
    })

    it('takes a balanced one, and then no further entry', async () => {
      const id = await store.run(async (tx) => {
        const made = await header(tx)
        await entry(tx, made, 0, 'debit', 100n)
        await entry(tx, made, 1, 'credit', 100n, 'payable')
        return made
      })
      const late = store.run(async (tx) => {
        await entry(tx, id, 2, 'debit', 5n)
        await entry(tx, id, 3, 'credit', 5n)
      })
      await expect(late).rejects.toEqual(expect.objectContaining({ code: CHECK, constraint_name: 'ledger_closed' }))
      await expect(store.admin`insert into ledger_entries values (${id}, 2, 'bank', '', null, 'debit', 5)`).rejects.toEqual(coded(CHECK))
    })

    it.each([0n, -1n])('refuses an entry of %s', async (minor) => {
      await expect(store.run(async (tx) => entry(tx, await header(tx), 0, 'debit', minor))).rejects.toEqual(coded(CHECK))
    })

    it('books a payment, a refund and a statement line once', async () => {
      const { paymentId } = await payment()
      const again = store.run(async (tx) => {
        const id = `led_${randomUUID()}`
        await tx`insert into ledger_transactions (id, kind, currency, payment_id, at) values (${id}, 'payment', 'KRW', ${paymentId}, ${NOW})`
      })
      await expect(again).rejects.toEqual(expect.objectContaining({ code: UNIQUE, constraint_name: 'ledger_payment_once' }))
    })
  })

  describe('what is append-only', () => {
    const everyTable = ['ledger_transactions', 'ledger_entries', 'log'] as const
    beforeAll(() => payment())

    describe.each(everyTable)('%s', (table) => {
      it.each([
        ['update', `update ${table} set ${table === 'ledger_entries' ? 'holder = holder' : 'at = at'}`],
        ['delete', `delete from ${table}`],
        ['truncate', `truncate ${table} cascade`],
      ])('refuses %s to the application, and by a trigger to the owner', async (_, statement) => {
        const before = await store.admin.unsafe(`select count(*) from ${table}`)
        await expect(store.sql.unsafe(statement)).rejects.toEqual(coded(PRIVILEGE))
        await expect(store.admin.unsafe(statement)).rejects.toThrow(/append-only/)
        expect(await store.admin.unsafe(`select count(*) from ${table}`)).toEqual(before)
      })
    })

    it.each([
      `update charges set amount_minor = 1`,
      `update policies set body = '{}'`,
      `update inbox set received_at = now()`,
      `update idempotency_keys set response_body = ''`,
      `update transitions set to_state = 'settled'`,
      `insert into transitions values ('bill', 'received', 'vanish', 'settled')`,
      `delete from bills`,
      `delete from payments`,
      `delete from facts`,
      `delete from transitions`,
      `alter table log disable trigger all`,
      `drop table log`,
      `create table mine (id int)`,
      `set session_replication_role = replica`,
    ])('refuses the application: %s', async (statement) => {
      await expect(store.sql.unsafe(statement)).rejects.toEqual(coded(PRIVILEGE))
    })
  })

  describe('a bill', () => {
    it('never owes less than nothing', async () => {
      const billId = await town.issued()
      for (const column of ['paid_minor', 'written_off_minor', 'cancelled_minor']) {
        const change = store.admin.unsafe(`update bills set ${column} = 10001 where id = '${billId}'`)
        await expect(change).rejects.toEqual(expect.objectContaining({ code: CHECK, constraint_name: 'owed_not_negative' }))
      }
      await expect(store.admin`update bills set paid_minor = 6000, cancelled_minor = 4001 where id = ${billId}`).rejects.toEqual(
        coded(CHECK),
      )
    })

    it.each(['refunded_minor = 1', 'refunded_minor = -1', 'settled_minor = 1', 'charged_minor = -1', 'written_off_minor = -1'])(
      'refuses %s',
      async (change) => {
        await expect(store.admin.unsafe(`update bills set ${change} where id = '${await town.issued()}'`)).rejects.toEqual(coded(CHECK))
      },
    )

    it('belongs to one institution with everything that is its own', async () => {
      const other = await store.institution()
      const billId = await town.issued()
      const at = new Date(NOW)
      const { paymentId } = await payment()
      const foreign = [
        store.admin`insert into charges (bill_id, institution_id, seq, kind, amount_minor, at) values (${billId}, ${other.id}, 2, 'reduction', 5, ${at})`,
        store.admin`insert into pauses (bill_id, institution_id, seq, reason, from_at) values (${billId}, ${other.id}, 1, 'x', ${at})`,
        store.admin`insert into deliveries (id, bill_id, institution_id, key, purpose, channel, state, attempted_at, begun_at) values ('dlv_x', ${billId}, ${other.id}, 'k', 'notice', 'c', 'sending', ${at}, ${at})`,
        store.admin`insert into allocations (payment_id, bill_id, institution_id, amount_minor, at) values (${paymentId}, ${billId}, ${other.id}, 5, ${at})`,
        store.admin`
          insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at)
          values ('ref_x', ${paymentId}, ${billId}, ${other.id}, 'KRW', 5, false, 'requested', 'x', ${at})`,
        store.admin`insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at) values ('exc_x', ${billId}, ${other.id}, 'amountDiffers', 'x', 'o', ${at})`,
        store.admin`update bills set policy_id = (select id from policies where institution_id = ${other.id}) where id = ${billId}`,
      ]
      for (const statement of foreign) await expect(statement).rejects.toEqual(coded(FOREIGN_KEY))
    })

    it('has one open pause', async () => {
      const billId = await town.issued()
      const pause = (seq: number): Promise<unknown> =>
        store.admin`insert into pauses (bill_id, institution_id, seq, reason, from_at) values (${billId}, ${town.id}, ${seq}, 'x', now())`
      await pause(1)
      await expect(pause(2)).rejects.toEqual(expect.objectContaining({ code: UNIQUE, constraint_name: 'pauses_one_open' }))
    })
  })

  describe('refunds of a payment', () => {
    const request = (paymentId: string, billId: string, minor: bigint, state = 'requested'): Promise<unknown> =>
      store.run(
        (tx) => tx`
          insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at)
          values (${`ref_${randomUUID()}`}, ${paymentId}, ${billId}, ${town.id}, 'KRW', ${minor}, true, ${state}, 'test', ${NOW})`,
      )
    const total = async (paymentId: string): Promise<bigint> => {
      const [row] = await store.sql<
        { sum: bigint }[]
      >`select coalesce(sum(amount_minor), 0)::bigint as sum from refunds where payment_id = ${paymentId} and state <> 'failed'`
      return row?.sum ?? 0n
    }

    it('never exceed it', async () => {
      const { paymentId, billId } = await payment()
      await request(paymentId, billId, 9_999n)
      await expect(request(paymentId, billId, 2n)).rejects.toEqual(
        expect.objectContaining({ code: CHECK, constraint_name: 'refunds_within_payment' }),
      )
      await request(paymentId, billId, 1n)
    })

    it('never exceed it when twenty are asked for at once', async () => {
      const { paymentId, billId } = await payment()
      const results = await atOnce(20, () => request(paymentId, billId, 3_000n))
      expect(wins(results)).toBe(3)
      expect(refusals(results)).toEqual(Array.from({ length: 17 }, () => CHECK))
      expect(await total(paymentId)).toBe(9_000n)
    })

    it('never exceed it when one that had failed is asked for again', async () => {
      const { paymentId, billId } = await payment()
      await request(paymentId, billId, 8_000n)
      const [first] = await store.sql<{ id: string }[]>`select id from refunds where payment_id = ${paymentId}`
      for (const state of ['submitted', 'failed']) await store.sql`update refunds set state = ${state} where id = ${first?.id ?? ''}`
      await request(paymentId, billId, 8_000n)
      await expect(store.sql`update refunds set state = 'requested' where id = ${first?.id ?? ''}`).rejects.toEqual(coded(CHECK))
      await expect(
        store.sql`update refunds set amount_minor = 10001 where payment_id = ${paymentId} and state = 'requested'`,
      ).rejects.toEqual(coded(CHECK))
      expect(await total(paymentId)).toBe(8_000n)
    })
  })

  describe('the checker', () => {
    let checker: Sql
    beforeAll(() => {
      checker = connect(store.url, { role: 'goji_checker', max: 1 })
    })
    afterAll(() => checker.end())

    it('reads every table', async () => {
      const tables = await store.admin<{ tablename: string }[]>`select tablename from pg_tables where schemaname = 'goji'`
      expect(tables.length).toBeGreaterThan(20)
      for (const { tablename } of tables) await checker.unsafe(`select * from ${tablename} limit 1`)
    })

    it('writes none', async () => {
      const tables = await store.admin<{ tablename: string }[]>`select tablename from pg_tables where schemaname = 'goji'`
      for (const { tablename } of tables) {
        await expect(checker.unsafe(`insert into ${tablename} default values`)).rejects.toEqual(coded(PRIVILEGE))
        await expect(checker.unsafe(`delete from ${tablename}`)).rejects.toEqual(coded(PRIVILEGE))
        await expect(checker.unsafe(`truncate ${tablename} cascade`)).rejects.toEqual(coded(PRIVILEGE))
      }
      await expect(checker`update bills set title = title`).rejects.toEqual(coded(PRIVILEGE))
    })
  })
})
