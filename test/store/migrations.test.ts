import { afterAll, beforeAll, expect, it } from '@jest/globals'
import postgres from 'postgres'
import { machines } from '../../domain/states/index.ts'
import { migrate } from '../../store/migrate.ts'
import { addressOf } from '../support/counterpart.ts'
import { administer, databaseUrl, newName } from '../support/template.ts'
import { describeStore } from './support.ts'

describeStore('migrations', () => {
  const name = newName('migrations')
  let server: string
  let url: string
  let sql: postgres.Sql
  beforeAll(async () => {
    server = await addressOf('postgres')
    url = databaseUrl(server, name)
    await administer(server, (root) => root`create database ${root(name)}`)
    sql = postgres(url, { max: 1 })
  })
  afterAll(async () => {
    await sql.end()
    await administer(server, (root) => root`drop database ${root(name)} with (force)`)
  })

  it('are applied once by the first of several processes that start together', async () => {
    const applied = (await Promise.all([1, 2, 3].map(() => migrate(url)))).map((one) => one.applied)
    expect(applied.filter((count) => count > 0)).toHaveLength(1)
    expect(applied.filter((count) => count === 0)).toHaveLength(2)
  })

  it('do nothing on a database that has them', async () => {
    expect(await migrate(url)).toEqual({ applied: 0 })
  })

  const edges = machines.flatMap(({ name, table }) =>
    Object.entries(table).flatMap(([from, moves]) =>
      Object.entries(moves).map(([event, to]) => ({ machine: name, from_state: from, event, to_state: to })),
    ),
  )
  const tables = async (): Promise<unknown> => [
    await sql`select machine, from_state, event, to_state from goji.transitions order by 1, 2, 3`,
    await sql`select machine, state from goji.initial_states order by 1`,
  ]
  const byName = (rows: Record<string, unknown>[]): Record<string, unknown>[] =>
    rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

  it('write the state tables of the domain', async () => {
    const [found, initial] = (await tables()) as Record<string, unknown>[][]
    expect(byName([...(found ?? [])])).toEqual(byName(edges))
    expect(byName([...(initial ?? [])])).toEqual(byName(machines.map(({ name, initial: state }) => ({ machine: name, state }))))
  })

  it('write them again as they are now, whatever stood there', async () => {
    const before = await tables()
    await sql`delete from goji.transitions where machine = 'bill'`
    await sql`insert into goji.transitions (machine, from_state, event, to_state) values ('bill', 'settled', 'forget', 'received')`
    await migrate(url)
    expect(await tables()).toEqual(before)
  })

  it('write the views of the invariants again as they are now, and drop those that there no longer are', async () => {
    const views = async (): Promise<unknown> =>
      sql`select viewname, definition from pg_views where schemaname = 'goji_invariants' order by viewname`
    const before = await views()
    await sql`create or replace view goji_invariants.bill_debt as select array['x'] as ids, 'x' as sentence where false`
    await sql`create view goji_invariants.of_before as select array['x'] as ids, 'x' as sentence`
    await sql`drop view goji_invariants.bill_sums`
    await migrate(url)
    expect(await views()).toEqual(before)
  })
})
