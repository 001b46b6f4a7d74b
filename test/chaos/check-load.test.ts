import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Answered, Asked, Noted } from '../../chaos/load/journal.ts'
import { openBooks, type Books, readOpen } from '../../chaos/verdict/books.ts'
import { checkLoad } from '../../chaos/verdict/check-load.ts'
import { countOf } from '../../chaos/verdict/counts.ts'
import { makeWorld, type World } from '../checker/world.ts'
import { describeStore } from '../store/support.ts'

/** Requests of the load beside books that are right: what the load was told may be wrong all the same. */
describeStore("what the load's journal says beside the books", () => {
  let world: World
  let books: Books
  let billId: string
  let billNumber: string
  beforeAll(async () => {
    world = await makeWorld()
    books = openBooks(world.url)
    const [bill] = await books<{ id: string; bill_number: string }[]>`select id, bill_number from bills limit 1`
    billId = bill?.id ?? ''
    billNumber = bill?.bill_number ?? ''
  })
  afterAll(async () => {
    await books.end()
    await world.close()
  })

  const asked = (more: Partial<Asked> = {}): Asked => ({
    n: 1,
    at: 0,
    what: 'createBill',
    key: 'unknown',
    path: '/v1/bills',
    sha256: '',
    ...more,
  })
  const found = async (ask: Asked, answer: Partial<Answered>, noted: readonly Noted[] = []): Promise<string[]> => {
    const answered = new Map([[1, { n: 1, at: 0, attempts: 1, outcome: 'unknown' as const, ...answer }]])
    return (await checkLoad(books, { asked: new Map([[1, ask]]), answered, noted })).map(countOf)
  }

  it.each([
    ['an acknowledged key that is not there', {}, { outcome: 'acknowledged', status: 201 }, ['acked_missing']],
    ['nothing of what nobody answered', {}, { outcome: 'unknown' }, []],
    ['nothing of what was refused and is not there', {}, { outcome: 'refused', status: 409 }, []],
    [
      'an acknowledged id that is not there',
      {},
      { outcome: 'acknowledged', status: 201, ids: ['chk_00000000000000000000000000'] },
      ['acked_missing', 'acked_missing'],
    ],
    ['an acknowledged bill that is not there', { billNumber: 'nowhere' }, { outcome: 'acknowledged' }, ['acked_missing', 'acked_missing']],
    [
      'a broken rule that was taken',
      { mustBeRefused: true, billNumber: 'nowhere' },
      { outcome: 'acknowledged' },
      ['refused_present', 'acked_missing'],
    ],
  ] as const)('names %s', async (_, ask, answer, counts) => {
    expect(await found(asked(ask), answer as Partial<Answered>)).toEqual(counts)
  })

  it('names a refused bill that is there all the same', async () => {
    expect(await found(asked({ mustBeRefused: true, billNumber }), { outcome: 'refused', status: 422 })).toEqual(['refused_present'])
  })

  it('finds an acknowledged bill that is there, and misses its key alone', async () => {
    expect(await found(asked({ billNumber }), { outcome: 'acknowledged', status: 201, ids: [billId] })).toEqual(['acked_missing'])
  })

  it('passes on what the load noted by itself', async () => {
    const noted: Noted[] = [{ at: 0, n: 1, note: 'secondRefund', says: 'twice' }]
    expect(await found(asked(), { outcome: 'unknown' }, noted)).toEqual(['duplicated'])
  })

  it('reads what is open in the read-only role', async () => {
    expect(await readOpen(books)).toMatchObject({ checkouts: expect.any(Number), overdue: expect.any(Number) })
  })
})
