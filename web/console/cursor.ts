import { seal, unseal } from '../../composition/seal.ts'
import { queryOf } from '../http/context.ts'
import type { ClerkVisit } from './context.ts'

/** Rows of a page of the console. */
export const ROWS = 25

/** Where the page begins, from the address; null at the beginning, and for a cursor that is not ours or is of another list. */
export function readCursor({ root, request, clerk }: ClerkVisit, list: string): string | null {
  const given = queryOf(request).get('cursor')
  const text = given === null ? null : unseal(root.config, 'cursor', given)
  const prefix = `console ${list} ${clerk.key.id} `
  return text?.startsWith(prefix) ? text.slice(prefix.length) : null
}

/** Cuts the row that was read beyond the page, and says where the next page begins. */
export function cutPage<Row>(
  { root, clerk }: ClerkVisit,
  list: string,
  rows: readonly Row[],
  position: (row: Row) => string,
): { rows: readonly Row[]; next: string | null } {
  const page = rows.slice(0, ROWS)
  const last = page.at(-1)
  const next =
    rows.length > ROWS && last !== undefined
      ? seal(root.config.GOJI_LINK_SECRET, 'cursor', `console ${list} ${clerk.key.id} ${position(last)}`)
      : null
  return { rows: page, next }
}

/** A position of a time and an id. */
export const timeAndId = (text: string | null): { at: number; id: string } | null => {
  const [at, id] = text?.split(',') ?? []
  return at && id ? { at: Number(at), id } : null
}
