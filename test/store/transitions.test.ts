import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ROW_STATES } from '../../domain/states/batch-row.ts'
import { machines } from '../../domain/states/index.ts'
import { capture, coded, describeStore, type Institution, NOW, open, openStore, type Store } from './support.ts'

/** A row in one of these states has its bill. */
const BILLED: readonly string[] = ['issued', 'withdrawn', 'kept']

/** Where each machine lives, and how to make a row of it. */
interface Home {
  readonly table: string
  readonly column: string
  /** Further columns that a state asks for. */
  readonly with?: string
  /** And those that one state alone asks for. */
  readonly also?: Readonly<Record<string, string>>
  /** What a row is known by, where it is not its id. */
  readonly key?: string
  /** It may begin in any state. */
  readonly anyBeginning?: boolean
  row(): Promise<string>
}

describeStore('the state tables in the database', () => {
  let store: Store
  let town: Institution
  let homes: Record<string, Home>

  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
    const billId = await town.issued()
    const paid = async (): Promise<string> => {
      const checkoutId = await open(store, [await town.issued()])
      await capture(store, checkoutId)
      return checkoutId
    }
    const paymentId = async (): Promise<string> =>
      ((await store.admin`select id from payments where checkout_id = ${await paid()}`)[0] as { id: string }).id
    const statementId = 'stm_1'
    await store.admin`insert into statements (id, gateway, name, sha256, content, state, received_at) values (${statementId}, 'gate', 'file', '\\x00', '', 'received', ${new Date(NOW)})`
    let count = 0
    homes = {
      bill: { table: 'bills', column: 'status', row: () => town.bill() },
      checkout: { table: 'checkouts', column: 'state', row: async () => open(store, [await town.issued()]) },
      payment: { table: 'payments', column: 'state', row: paymentId },
      delivery: {
        table: 'deliveries',
        column: 'state',
        row: async () => {
          const id = `dlv_${++count}`
          await store.admin`
            insert into deliveries (id, bill_id, institution_id, key, purpose, channel, state, attempted_at, begun_at)
            values (${id}, ${billId}, ${town.id}, ${`notice:${count}`}, 'notice', 'inbox', 'sending', ${new Date(NOW)}, ${new Date(NOW)})`
          return id
        },
        also: { returned: `, return_reason = 'moved', ended_at = now()` },
      },
      refund: {
        table: 'refunds',
        column: 'state',
        row: async () => {
          const id = `ref_${++count}`
          await store.admin`
            insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at)
            values (${id}, ${await paymentId()}, ${billId}, ${town.id}, 'KRW', 1, false, 'requested', 'test', ${new Date(NOW)})`
          return id
        },
        also: { declined: `, decided_by = 'somebody else', decided_at = now()` },
      },
      objection: {
        table: 'objections',
        column: 'state',
        with: `, decided_at = now()`,
        row: async () => {
          const id = `obj_${++count}`
          await store.admin`
            insert into objections (id, bill_id, institution_id, state, by_citizen, received_at, filed_at)
            values (${id}, ${await town.issued()}, ${town.id}, 'filed', true, ${new Date(NOW)}, ${new Date(NOW)})`
          return id
        },
      },
      batch: {
        table: 'batches',
        column: 'state',
        row: async () => {
          const id = `bat_${++count}`
          await store.admin`
            insert into batches (id, institution_id, mode, name, reading, state, actor, created_at, changed_at, progress_at)
            values (${id}, ${town.id}, 'test', 'File', '{}', 'created', 'test', ${new Date(NOW)}, ${new Date(NOW)}, ${new Date(NOW)})`
          return id
        },
      },
      row: {
        table: 'batch_rows',
        column: 'state',
        key: "batch_id || ':' || row",
        // It is read before it is kept, so it may begin as one that was refused.
        anyBeginning: true,
        with: `, problems = '[]'`,
        also: Object.fromEntries(ROW_STATES.map((state) => [state, `, bill_id = ${BILLED.includes(state) ? `'${billId}'` : 'null'}`])),
        row: async () => {
          const batchId = await (homes['batch'] as Home).row()
          await store.admin`
            insert into batch_rows (batch_id, row, state, bill_number, changed_at) values (${batchId}, 2, 'received', 'N-2', ${new Date(NOW)})`
          return `${batchId}:2`
        },
      },
      line: {
        table: 'statement_lines',
        column: 'state',
        with: `, reason = 'x', owner = 'operations', opened_at = now()`,
        row: async () => {
          const id = `lin_${++count}`
          await store.admin`
            insert into statement_lines (id, statement_id, seq, gateway, line_reference, kind, subject_reference, currency, gross_minor, fee_minor, net_minor, settled_at, state)
            values (${id}, ${statementId}, ${count}, 'gate', ${id}, 'payment', 'x', 'KRW', 10, 1, 9, ${new Date(NOW)}, 'received')`
          return id
        },
      },
    }
  })
  afterAll(() => store.close('broken'))

  const update = ({ table, column, with: more = '', also, key = 'id' }: Home, id: string, state: string): string =>
    `update ${table} set ${column} = '${state}'${more}${also?.[state] ?? ''} where ${key} = '${id}'`

  /** Puts a row into a state past the trigger, as only the owner of the schema can. */
  async function force(home: Home, id: string, state: string): Promise<void> {
    await store.admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx.unsafe(update(home, id, state))
    })
  }

  describe.each(machines)('a $name in the database', (machine) => {
    const states = Object.keys(machine.table)

    it('begins in its first state only', async () => {
      const home = homes[machine.name] as Home
      if (home.anyBeginning === true) return
      const id = await home.row()
      for (const state of states.filter((one) => one !== machine.initial)) {
        const copy = store.admin.unsafe(`
          insert into ${home.table} select (jsonb_populate_record(null::${home.table}, to_jsonb(t) || '${JSON.stringify({ id: `${id}_${state}`, [home.column]: state })}'::jsonb)).*
          from ${home.table} t where id = '${id}'`)
        await expect(copy).rejects.toEqual(coded('23514'))
        await expect(copy).rejects.toThrow(`a ${machine.name} cannot begin as ${state}`)
      }
    })

    it('makes the moves of its table and no other', async () => {
      const home = homes[machine.name] as Home
      const id = await home.row()
      for (const from of states) {
        const reachable = new Set(Object.values(machine.table[from] ?? {}))
        for (const to of states.filter((one) => one !== from)) {
          await force(home, id, from)
          const move = store.sql.unsafe(update(home, id, to))
          const result = await move.then(
            () => 'moved',
            (error: unknown) => (error as Error).message,
          )
          expect({ from, to, result }).toEqual({
            from,
            to,
            result: reachable.has(to) ? 'moved' : `a ${machine.name} cannot go from ${from} to ${to}`,
          })
        }
      }
    })
  })
})
