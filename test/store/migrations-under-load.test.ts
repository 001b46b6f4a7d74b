import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { migrate } from '../../store/migrate.ts'
import { eventually } from '../support/eventually.ts'
import { capture, describeStore, type Institution, open, openStore, type Store } from './support.ts'

const ADDITIVE = `
alter table goji.bills add column remark text not null default '';
alter table goji.payments add column remark text;
create table goji.remarks (bill_id text not null references goji.bills (id), remark text not null);
grant select, insert on goji.remarks to goji_app;`
/** The lock is asked for often and given up soon, so that a test sees both. */
const PATIENCE = { lockMs: 200, attempts: 3, pauseMs: 50 }
const CLERKS = 6

describeStore('a migration while bills are created and paid', () => {
  let store: Store
  let town: Institution
  let folder: string
  let traffic: Traffic
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
    folder = mkdtempSync(join(tmpdir(), 'goji-migrations-'))
    cpSync(fileURLToPath(new URL('../../store/migrations', import.meta.url)), folder, { recursive: true })
  })
  beforeEach(async () => {
    traffic = startTraffic(store, town)
    await traffic.more()
  })
  afterEach(() => traffic.end())
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await store.close()
  })

  const write = (number: number, text: string): void => writeFileSync(join(folder, `${number}.do.test.sql`), text)
  const columns = async (table: string): Promise<string[]> =>
    (await store.admin<{ name: string }[]>`select attname as name from pg_attribute where attrelid = ${`goji.${table}`}::regclass`).map(
      ({ name }) => name,
    )
  const version = async (): Promise<number> =>
    (await store.admin<{ max: number }[]>`select max(version)::int from public.goji_schema_version`)[0]?.max ?? 0

  it('gives up where a long transaction holds a table, and holds nobody up', async () => {
    const before = await version()
    write(900, ADDITIVE)
    const long = await store.admin.reserve()
    try {
      await long`begin`
      await long`select count(*) from goji.payments`
      // Waited for apart, so that one which never gives up is told from the table's being let go.
      let said: string | undefined
      const ends = (error?: Error): void => void (said = error?.message ?? 'applied')
      void migrate(store.url, { folder, patience: PATIENCE }).then(() => ends(), ends)
      expect(await eventually('the migration gave up', async () => said, 15_000)).toContain('Nothing is half done')
      await traffic.more()
    } finally {
      await long`rollback`
      long.release()
    }
    expect(await version()).toBe(before)
    expect(await columns('bills')).not.toContain('remark')
    const views = await store.admin`select viewname from pg_views where schemaname = 'goji_invariants'`
    expect(views.length).toBeGreaterThan(0)
    await traffic.complete()
  })

  it('is applied once by two processes that migrate at once; nothing is refused and nothing lost', async () => {
    write(900, ADDITIVE)
    const applied = await Promise.all([1, 2].map(() => migrate(store.url, { folder })))
    expect(applied.map((one) => one.applied).sort()).toEqual([0, 1])
    expect([await columns('bills'), await columns('payments')]).toEqual([
      expect.arrayContaining(['remark']),
      expect.arrayContaining(['remark']),
    ])
    await traffic.more()
    await traffic.complete()
  })

  it('is applied with the note of it or not at all, and can be mended', async () => {
    // The note is refused, as where the process had died just before it.
    write(901, `alter table goji.bills add column half text; insert into public.goji_schema_version (version) values (901);`)
    await expect(migrate(store.url, { folder })).rejects.toThrow('duplicate key')
    expect(await columns('bills')).not.toContain('half')
    expect(await version()).toBe(900)
    write(901, `alter table goji.bills add column half text;`)
    expect(await migrate(store.url, { folder })).toEqual({ applied: 1 })
    expect(await columns('bills')).toContain('half')
    await traffic.complete()
  })

  it('ends too where somebody ends its session, and goes through the next time', async () => {
    write(902, 'select pg_terminate_backend(pg_backend_pid())')
    await expect(migrate(store.url, { folder })).rejects.toThrow()
    expect(await version()).toBe(901)
    write(902, 'create table goji.more_remarks (remark text)')
    expect(await migrate(store.url, { folder })).toEqual({ applied: 1 })
  })

  it('with a number that the database has passed is refused, not passed over', async () => {
    write(899, `create table goji.too_late ();`)
    await expect(migrate(store.url, { folder })).rejects.toThrow('Migration 899 was never applied')
    rmSync(join(folder, '899.do.test.sql'))
  })
})

interface Traffic {
  /** Waits until each clerk has done some more. */
  more(): Promise<void>
  end(): Promise<void>
  /** Ends, and finds that nothing was refused and that the books hold each bill, paid once. */
  complete(): Promise<void>
}

/** Clerks who issue bills and citizens who pay them, without a pause. */
function startTraffic(store: Store, town: Institution): Traffic {
  const paid: string[][] = Array.from({ length: CLERKS }, () => [])
  const refused: unknown[] = []
  let over = false
  const work = async (bills: string[]): Promise<void> => {
    while (!over) {
      try {
        const billId = await town.issued()
        await capture(store, await open(store, [billId]))
        bills.push(billId)
      } catch (error) {
        refused.push(error)
      }
    }
  }
  const working = Promise.all(paid.map(work))
  const end = async (): Promise<void> => {
    over = true
    await working
  }
  return {
    end,
    async more() {
      const before = paid.map(({ length }) => length)
      await eventually('more bills were paid', async () =>
        refused.length > 0 || paid.every(({ length }, index) => length >= (before[index] ?? 0) + 3) ? true : undefined,
      )
    },
    async complete() {
      await end()
      expect(refused).toEqual([])
      const rows = await store.sql<{ id: string; status: string; payments: number }[]>`
        select b.id, b.status, (select count(*)::int from allocations a where a.bill_id = b.id) as payments
        from bills b where b.id = any (${paid.flat()})`
      expect(rows.filter(({ status, payments }) => status !== 'paid' || payments !== 1)).toEqual([])
      expect(rows).toHaveLength(paid.flat().length)
    },
  }
}
