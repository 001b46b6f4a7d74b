import type { Queryable } from '../connection.ts'

/** A file that was kept, piece by piece; one question each, so that the transaction may do other things in between. */
export async function* readUpload(sql: Queryable, uploadId: string): AsyncGenerator<Buffer> {
  for (let seq = 1; ; seq += 1) {
    const [piece] = await sql<{ bytes: Buffer }[]>`select bytes from upload_chunks where upload_id = ${uploadId} and seq = ${seq}`
    if (!piece) return
    yield piece.bytes
  }
}
