import { makeCursor, readCursor } from './cursor.ts'
import { type Call, type Reply, reply } from './endpoint.ts'

interface List<Row> {
  /** At most `limit` rows, from the one after the row that `position` was made of; from the first where it is null. */
  read(position: string | null, limit: number): Promise<readonly Row[]>
  /** Where a row stands in the list: what its cursor leads behind. */
  position(row: Row): string
  view(row: Row): object
}

/** The query of every list, with whatever filters it has besides. */
type PageQuery = Readonly<Record<string, unknown>> & { readonly limit: number; readonly cursor?: string | undefined }

/**
 * Answers one page of a list and where the next one begins. `name` is the list's own: a cursor of another list, or of other
 * filters, is refused. @throws RequestError (400) `cursor_invalid`.
 */
export async function listPage<Row>(
  { root, caller, query }: Pick<Call<unknown, PageQuery, unknown>, 'root' | 'caller' | 'query'>,
  name: string,
  { read, position, view }: List<Row>,
): Promise<Reply> {
  const scope = { list: name, caller, filters: query }
  // One row beyond the page tells whether there is another page.
  const rows = await read(readCursor(root, scope, query.cursor), query.limit + 1)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const nextCursor = rows.length > query.limit && last !== undefined ? makeCursor(root, scope, position(last)) : null
  return reply(200, { data: page.map((row) => view(row)), nextCursor })
}
