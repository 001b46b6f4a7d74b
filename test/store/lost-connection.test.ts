import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { outageOf } from '../../api/outage.ts'
import { connect, type Sql } from '../../store/connection.ts'
import { send, transaction } from '../../store/unit/transaction.ts'
import { administer } from '../support/template.ts'
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { withDatabase, type TestDatabase } from '../support/postgres.ts'
import { describeStore } from './support.ts'

/**
 * What the driver makes of a connection that breaks, with the patch that docs/adr/0026 tells of: whoever waits is told, the
 * process lives, and the next one to have the connection meets nothing of the one before.
 */
for (const how of ['closed', 'reset'] as const)
  describeStore(`a connection that is ${how}`, () => {
    let database: TestDatabase
    let proxy: TcpProxy
    let sql: Sql
    const unhandled: unknown[] = []
    const note = (reason: unknown): void => void unhandled.push(reason)

    beforeAll(async () => {
      database = await withDatabase()
      proxy = await openTcpProxy(new URL(database.url).host)
      await administer(database.url, (root) => root`create table goji.marks (mark text)`)
      await administer(database.url, (root) => root`grant all on goji.marks to goji_app`)
      process.on('unhandledRejection', note)
    })
    beforeEach(() => {
      const url = new URL(database.url)
      url.host = proxy.address
      // One connection, so that whoever comes next has the one that broke.
      sql = connect(url.href, { role: 'goji_app', max: 1 })
    })
    afterEach(async () => {
      expect(unhandled).toEqual([])
      // Without a time limit: it used to wait for ever for what was lost.
      await sql.end()
    })
    afterAll(async () => {
      process.off('unhandledRejection', note)
      await proxy.stop()
      await database.drop()
    })

    const marks = async (): Promise<string[]> => (await sql<{ mark: string }[]>`delete from marks returning mark`).map(({ mark }) => mark)
    const mark = (word: string) => transaction(sql, (tx) => tx`insert into marks values (${word})`)
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: unknown) => outageOf(error),
      )

    it('under a statement that stands alone refuses that one', async () => {
      await marks()
      proxy.breakAt('alone', how)
      expect(await outcome(sql`select 'alone'`)).toBe('database')
      await mark('next')
      expect(await marks()).toEqual(['next'])
    })

    it('while the first statement waits for the types refuses it, or connects again', async () => {
      proxy.breakAt('pg_catalog.pg_type', how)
      expect(['database', 'done']).toContain(await outcome(sql`select 1`))
      await mark('next')
      expect(await marks()).toEqual(['next'])
    })

    it('under a statement of a transaction refuses the transaction, all of it', async () => {
      await marks()
      proxy.breakAt('second', how)
      const work = transaction(sql, async (tx) => {
        await tx`insert into marks values ('first')`
        await tx`insert into marks values ('second')`
      })
      expect(await outcome(work)).toBe('database')
      expect(await marks()).toEqual([])
    })

    it('under statements that are sent in a row refuses all of them', async () => {
      await marks()
      proxy.breakAt('third', how)
      const work = transaction(sql, async (tx) => {
        for (const word of ['first', 'second', 'third', 'fourth', 'fifth']) send(tx, tx`insert into marks values (${word})`)
      })
      expect(await outcome(work)).toBe('database')
      await Promise.all(['a', 'b', 'c'].map(mark))
      expect((await marks()).sort()).toEqual(['a', 'b', 'c'])
    })

    it('at the commit tells that nobody knows', async () => {
      await marks()
      proxy.breakAt('commit', how)
      expect(await outcome(mark('unknown'))).toBe('database')
      await mark('next')
      expect(await marks()).toEqual(['next'])
    })

    describe('while a transaction does something else', () => {
      it('refuses all of its later statements, and the transaction that has the connection by then is untouched', async () => {
        await marks()
        let goOn = (): void => undefined
        const late = new Promise<void>((resolve) => (goOn = resolve))
        const tried: unknown[] = []
        let waits = (): void => undefined
        const waiting = new Promise<void>((resolve) => (waits = resolve))
        const lost = outcome(
          transaction(sql, async (tx) => {
            await tx`insert into marks values ('of the lost')`
            waits()
            await late
            tried.push(await outcome(tx`insert into marks values ('too late')`))
            throw new Error('and so it is rolled back')
          }),
        )
        await waiting
        proxy.cut()
        expect(await lost).toBe('database')
        proxy.mend()
        await transaction(sql, async (tx) => {
          await tx`insert into marks values ('one')`
          goOn()
          while (tried.length === 0) await tx`select 1`
          await tx`insert into marks values ('two')`
        })
        expect(tried).toEqual(['database'])
        expect((await marks()).sort()).toEqual(['one', 'two'])
      })
    })
  })
