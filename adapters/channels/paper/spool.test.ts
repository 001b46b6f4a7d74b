import { mkdtemp, readdir, readFile, rm, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { closeBatches } from './batches.ts'
import { Spool } from './spool.ts'

const letter = (key: string, closesAt = 1_000) => ({
  key,
  pages: 1,
  postage: 'registered' as const,
  recipient: 'r',
  at: 1,
  closesAt,
})
const put = (spool: Spool, key: string, closesAt?: number) => spool.put(letter(key, closesAt), Buffer.from(`letter ${key}`))

describe('the spool', () => {
  let folder: string
  let spool: Spool
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spool-'))
    spool = new Spool(folder)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const batches = async (): Promise<string[]> => (await readdir(join(folder, 'batches')).catch(() => [])).sort()
  /** Keys in every manifest, with repetitions. */
  async function printed(): Promise<string[]> {
    const manifests = await Promise.all((await batches()).map((name) => readFile(join(folder, 'batches', name, 'manifest.csv'), 'utf8')))
    return manifests.flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0] ?? ''),
    )
  }

  it('keeps a letter once, whatever comes under its key later', async () => {
    const first = await put(spool, 'a')
    const again = await spool.put(letter('a', 9_000), Buffer.from('another letter'))
    expect(again).toEqual(first)
    await closeBatches(spool, 10_000)
    expect(await printed()).toEqual(['a'])
  })

  it('closes nothing before its time, and says what a batch holds', async () => {
    await put(spool, 'a')
    await put(spool, 'b', 2_000)
    expect(await closeBatches(spool, 999)).toEqual([])
    expect(await closeBatches(spool, 1_000)).toEqual(['batch-19700101T000001Z'])
    expect(await printed()).toEqual(['a'])
    const summary = JSON.parse(await readFile(join(folder, 'batches', 'batch-19700101T000001Z', 'batch.json'), 'utf8')) as object
    expect(summary).toMatchObject({ letters: 1, pages: 1, postage: { registered: 1, ordinary: 0 } })
  })

  it('takes a letter back until its batch is closed, and answers the same again', async () => {
    await put(spool, 'a')
    await put(spool, 'b')
    expect(await spool.recall('a', 500)).toBe('recalled')
    expect(await spool.recall('a', 600)).toBe('recalled')
    await closeBatches(spool, 1_000)
    expect(await printed()).toEqual(['b'])
    expect(await spool.recall('b', 1_001)).toBe('tooLate')
    expect(await spool.recall('c', 1_001)).toBe('unknown')
  })

  it('prints no recalled letter that is sent again under its key', async () => {
    await put(spool, 'a')
    await spool.recall('a', 500)
    await put(spool, 'a')
    await closeBatches(spool, 5_000)
    expect(await batches()).toEqual([])
  })

  it('prints a letter whose process died before it waited, once it is asked for', async () => {
    await put(spool, 'a')
    await unlink(join(folder, 'waiting', 'a'))
    expect(await closeBatches(spool, 1_000)).toEqual([])
    await spool.find('a')
    await closeBatches(spool, 1_000)
    expect(await printed()).toEqual(['a'])
  })

  it('goes on where a process died between deciding and the manifest', async () => {
    await put(spool, 'a')
    await put(spool, 'b')
    await closeBatches(spool, 1_000)
    const name = (await batches())[0] ?? ''
    await unlink(join(folder, 'batches', name, 'manifest.csv'))
    await unlink(join(folder, 'batches', name, 'batch.json'))
    for (const key of ['a', 'b']) await spool.put(letter(key), Buffer.from(`letter ${key}`))
    const { writeFile } = await import('node:fs/promises')
    for (const key of ['a', 'b']) await writeFile(join(folder, 'waiting', key), '')
    await closeBatches(spool, 1_000)
    expect((await printed()).sort()).toEqual(['a', 'b'])
  })

  it('puts every letter into one manifest or none, whoever sends, recalls and closes at the same time', async () => {
    const action = fc.record({ what: fc.constantFrom('put', 'put', 'recall', 'close'), key: fc.constantFrom('a', 'b', 'c', 'd') })
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 25 }), async (actions) => {
        await rm(folder, { recursive: true, force: true })
        // Several processes: each its own spool over the same folder.
        const recalls = await Promise.all(
          actions.map(async ({ what, key }) => {
            const own = new Spool(folder)
            if (what === 'put') await put(own, key)
            else if (what === 'close') await closeBatches(own, 1_000)
            else if ((await own.recall(key, 500)) === 'recalled') return key
            return null
          }),
        )
        await closeBatches(spool, 1_000)
        const all = await printed()
        expect(new Set(all).size).toBe(all.length)
        const recalled = new Set(recalls.filter((key) => key !== null))
        const sent = new Set(actions.filter(({ what }) => what === 'put').map(({ key }) => key))
        expect(all.sort()).toEqual([...sent].filter((key) => !recalled.has(key)).sort())
        expect(await spool.waiting()).toEqual([])
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
