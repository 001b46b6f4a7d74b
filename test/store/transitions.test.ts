import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { machines } from '../../domain/states/index.ts'
import { capture, coded, describeStore, type Institution, NOW, open, openStore, type Store } from './support.ts'

/** Where each machine lives, and how to make a row of it. */
interface Home {
  readonly table: string
  readonly column: string
  /** Further columns that a state asks for. */
  readonly with?: string
  /** And those that one state alone asks for. */
  readonly also?: Readonly<Record<string, string>>
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
            insert into deliveries (id, bill_id, institution_id, key, purpose, channel, state, attempted_at)
            values (${id}, ${billId}, ${town.id}, ${`notice:${count}`}, 'notice', 'inbox', 'sending', ${new Date(NOW)})`
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
  afterAll(() => store.close())

  /** Puts a row into a state past the trigger, as only the owner of the schema can. */
  async function force({ table, column, with: more = '' }: Home, id: string, state: string): Promise<void> {
    await store.admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx.unsafe(`update ${table} set ${column} = '${state}'${more} where id = '${id}'`)
    })
  }

  describe.each(machines)('a $name in the database', (machine) => {
    const states = Object.keys(machine.table)

    it('begins in its first state only', async () => {
      const home = homes[machine.name] as Home
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
          const move = store.sql.unsafe(
            `update ${home.table} set ${home.column} = '${to}'${home.with ?? ''}${home.also?.[to] ?? ''} where id = '${id}'`,
          )
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
