import { createHash } from 'node:crypto'
import type { Root } from '../composition/root.ts'
import { seal, unseal } from '../composition/seal.ts'
import type { ApiKey } from '../store/keys/find-api-key.ts'
import { RequestError } from './problem.ts'

/** What a cursor belongs to: the same list with the same filters, asked by the same institution. */
export interface CursorScope {
  readonly list: string
  readonly caller: ApiKey
  readonly filters: Readonly<Record<string, unknown>>
}

function fingerprint({ list, caller, filters }: CursorScope): string {
  const { cursor: _cursor, limit: _limit, ...rest } = filters
  return createHash('sha256')
    .update(JSON.stringify([list, caller.institutionId, caller.mode, Object.entries(rest).sort()]))
    .digest('base64url')
    .slice(0, 22)
}

/** A text that leads to the rows after `position` and says nothing to anybody else. */
export const makeCursor = (root: Pick<Root, 'config'>, scope: CursorScope, position: string): string =>
  seal(root.config.GOJI_LINK_SECRET, 'cursor', `${fingerprint(scope)} ${position}`)

/** The position in a cursor, or null without one. @throws RequestError (400) `cursor_invalid`. */
export function readCursor(root: Pick<Root, 'config'>, scope: CursorScope, cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const [print, position] = unseal(root.config, 'cursor', cursor)?.split(' ') ?? []
  if (print !== fingerprint(scope) || position === undefined) {
    throw new RequestError(400, 'cursor_invalid', 'The cursor is not one of ours, or belongs to other filters. Begin again without it.', {
      pointer: '/cursor',
    })
  }
  return position
}
