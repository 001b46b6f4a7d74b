import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Sql } from '../../store/connection.ts'
import type { LogHeadRow } from '../../store/log/heads-since.ts'
import { lostHeads } from '../../store/log/lost-heads.ts'
import { lastRestore } from '../../store/restores/last-restore.ts'
import { type Finding, ok, wrong } from './finding.ts'

/** The newest files are compared: whoever restores notices within a day or two. */
const FILES = 2
/** So many heads are held at a time. */
const HEADS_MAX = 50_000
const PAGE = 2_000

/**
 * Holds the newest heads that were written outside the database against the log. Where one is not there, the books are
 * older than what they have said, or somebody cut them. What was anchored before a restore that is on record is settled.
 */
export async function diagnoseAnchors(sql: Sql, folder: string): Promise<Finding[]> {
  const since = (await lastRestore(sql)) ?? 0
  let heads: LogHeadRow[]
  try {
    heads = [...(await newestHeads(folder, since)).values()]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Nothing was written outside the database yet.
    if (code === 'ENOENT') return []
    if (code === undefined) throw error
    return [
      wrong(
        'anchoredLogs',
        `What was written outside the database cannot be read (${code}), so nobody knows whether the log is whole: ${folder}.`,
        'Let the account of this process read the folder and its files (GOJI_ANCHOR_FOLDER), and look again.',
      ),
    ]
  }
  const lost: string[] = []
  for (let start = 0; start < heads.length; start += PAGE) lost.push(...(await lostHeads(sql, heads.slice(start, start + PAGE))))
  if (heads.length === 0) return []
  if (lost.length === 0)
    return [ok('anchoredLogs', `The log holds the ${heads.length} newest heads that were written outside the database.`)]
  return [
    wrong(
      'anchoredLogs',
      `${lost.length} logs are not as long as, or other than, what was written outside the database, first ${lost.slice(0, 5).join(', ')}.`,
      'If the database was put back from a copy, run "goji doctor --restored"; docs/runbook.md says when. If not, somebody has cut it: keep it as it is.',
    ),
  ]
}

/** Of each log the longest head in the newest files, those that were written after `since`. */
async function newestHeads(folder: string, since: number): Promise<ReadonlyMap<string, LogHeadRow>> {
  const heads = new Map<string, LogHeadRow>()
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort()
  for (const name of files.slice(-FILES)) {
    for await (const line of createInterface(createReadStream(join(folder, name)))) {
      const block = readBlock(line)
      if (block === null || block.at <= since) continue
      for (const [subject, seq, hash] of block.heads) {
        heads.delete(subject)
        heads.set(subject, { subject, seq, hash: Buffer.from(hash, 'hex') })
        const [oldest] = heads.keys()
        if (heads.size > HEADS_MAX && oldest !== undefined) heads.delete(oldest)
      }
    }
  }
  return heads
}

/** A last line that was torn by a crash says nothing. */
function readBlock(line: string): { at: number; heads: readonly (readonly [string, number, string])[] } | null {
  try {
    return JSON.parse((JSON.parse(line) as { block: string }).block) as ReturnType<typeof readBlock>
  } catch {
    return null
  }
}
