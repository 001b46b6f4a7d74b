import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { createFile, linkFile, readText, removeFile } from './files.ts'
import { POSTAGES } from './rates.ts'
import type { Decision, Spool, SpooledLetter } from './spool.ts'

export const MANIFEST_HEADER = 'key,file,pages,sha256,postage,recipient'

/** `batch-20261124T0900Z`: the cut-off that closed it, and `-2` and so on for letters that came in that very moment. */
const nameOf = (closesAt: number, turn: number): string =>
  `batch-${new Date(closesAt).toISOString().replace(/[-:]|\.\d+/g, '')}${turn === 1 ? '' : `-${turn}`}`

/**
 * Closes the batches whose cut-off has come: `batches/<name>/` with the letters, `batch.json` (counts, pages, postage,
 * SHA-256 of the manifest) and, last of all, `manifest.csv`: a batch without it is not closed yet. Any process may do
 * this at any time, also two at once or one that died half-way before: a manifest is made once, and a letter stands in
 * exactly one of them.
 */
export async function closeBatches(spool: Spool, now: number): Promise<string[]> {
  const due = new Map<number, SpooledLetter[]>()
  for (const key of await spool.waiting()) {
    const letter = await spool.find(key)
    if (letter === null || letter.closesAt > now) continue
    due.set(letter.closesAt, [...(due.get(letter.closesAt) ?? []), letter])
  }
  const closed: string[] = []
  for (const [closesAt, letters] of [...due].sort(([a], [b]) => a - b)) {
    const name = await closeBatch(spool, closesAt, letters)
    if (name !== null) closed.push(name)
  }
  return closed
}

async function closeBatch(spool: Spool, closesAt: number, letters: readonly SpooledLetter[]): Promise<string | null> {
  let left = letters
  let closed: string | null = null
  for (let turn = 1; left.length > 0; turn++) {
    const name = nameOf(closesAt, turn)
    let printed = await manifestKeys(spool, name)
    if (printed === null) {
      left = await takeLetters(spool, name, left)
      if (left.length === 0) break
      await writeBatch(spool, name, left)
      closed = name
      // Another process may have been first: only what its manifest holds is printed with this batch.
      printed = await manifestKeys(spool, name)
    }
    const inBatch = printed ?? new Set<string>()
    for (const { key } of left.filter((one) => inBatch.has(one.key))) await removeFile(spool.path('waiting', key))
    left = left.filter((one) => !inBatch.has(one.key))
  }
  return closed
}

/** Decides letters for a batch; those that were recalled first stay out and wait no longer. */
async function takeLetters(spool: Spool, batch: string, letters: readonly SpooledLetter[]): Promise<SpooledLetter[]> {
  const taken: SpooledLetter[] = []
  const own: Decision = { batch }
  for (const letter of letters) {
    await createFile(spool.path('decided', `${letter.key}.json`), JSON.stringify(own))
    const decided = await spool.decision(letter.key)
    if (decided !== null && 'recalledAt' in decided) await removeFile(spool.path('waiting', letter.key))
    else taken.push(letter)
  }
  return taken
}

async function writeBatch(spool: Spool, name: string, letters: readonly SpooledLetter[]): Promise<void> {
  await mkdir(spool.path('batches', name), { recursive: true })
  for (const { file } of letters) await linkFile(spool.path('letters', file), spool.path('batches', name, file))
  const manifest = [MANIFEST_HEADER, ...letters.map(manifestLine), ''].join('\n')
  const summary = {
    batch: name,
    letters: letters.length,
    pages: letters.reduce((sum, { pages }) => sum + pages, 0),
    postage: Object.fromEntries(POSTAGES.map((one) => [one, letters.filter(({ postage }) => postage === one).length])),
    manifestSha256: createHash('sha256').update(manifest).digest('hex'),
  }
  await createFile(spool.path('batches', name, 'batch.json'), `${JSON.stringify(summary, null, 2)}\n`)
  await createFile(spool.path('batches', name, 'manifest.csv'), manifest)
}

const manifestLine = ({ key, file, pages, sha256, postage, recipient }: SpooledLetter): string =>
  [key, file, pages, sha256, postage, recipient].join(',')

/** Keys of a closed batch; null where it is not closed. */
async function manifestKeys(spool: Spool, name: string): Promise<Set<string> | null> {
  const text = await readText(spool.path('batches', name, 'manifest.csv'))
  return text === null
    ? null
    : new Set(
        text
          .split('\n')
          .slice(1)
          .map((line) => line.split(',')[0] ?? ''),
      )
}
