import { createHash } from 'node:crypto'
import type { Sql } from '../connection.ts'
import { newId } from '../ids.ts'

/** A piece is one row: large enough that there are few, small enough that one is nothing to memory. */
const PIECE_BYTES = 1024 * 1024

export interface Upload {
  readonly id: string
  readonly sha256: Buffer
  readonly bytes: number
}

/**
 * Keeps a file as it comes, piece by piece, each in a transaction of its own: memory does not grow with it. What was
 * begun and not ended is taken away again.
 * @throws whatever the source throws.
 */
export async function saveUpload(sql: Sql, chunks: AsyncIterable<Buffer>, now: number): Promise<Upload> {
  const id = newId('upl', now)
  const hash = createHash('sha256')
  let held: Buffer[] = []
  let heldBytes = 0
  let seq = 0
  let bytes = 0
  const write = async (): Promise<void> => {
    seq += 1
    await sql`insert into upload_chunks (upload_id, seq, bytes) values (${id}, ${seq}, ${Buffer.concat(held)})`
    held = []
    heldBytes = 0
  }
  await sql`insert into uploads (id, created_at) values (${id}, ${now})`
  try {
    for await (const chunk of chunks) {
      hash.update(chunk)
      held.push(chunk)
      heldBytes += chunk.length
      bytes += chunk.length
      if (heldBytes >= PIECE_BYTES) await write()
    }
    if (heldBytes > 0) await write()
  } catch (error) {
    await dropUpload(sql, id)
    throw error
  }
  return { id, sha256: hash.digest(), bytes }
}

/** Takes away a file that nothing was made of. */
export async function dropUpload(sql: Sql, id: string): Promise<void> {
  await sql`delete from uploads u where id = ${id} and not exists (select from statements s where s.upload_id = u.id)`
}

/** Takes away files that nothing was made of since `before`, because the process ended in between. */
export async function dropLostUploads(sql: Sql, before: number): Promise<void> {
  await sql`delete from uploads u where created_at < ${before} and not exists (select from statements s where s.upload_id = u.id)`
}
