import type { Request } from 'express'
import { isId } from '../../../store/ids.ts'
import { queryOf } from '../../http/context.ts'

export const LIST_STATES = ['open', 'overdue', 'notices', 'done'] as const
export type ListState = (typeof LIST_STATES)[number]

/** What the address of the list asks for. Whatever it does not understand it leaves out. */
export interface ListQuery {
  /** Null: everything that is open, with the finished ones folded away below. */
  readonly state: ListState | null
  readonly institution: string | null
  /** From 1. */
  readonly page: number
  readonly select: 'all' | 'none'
  /** Nothing was chosen before the button was pressed. */
  readonly chosenMissing: boolean
}

export function readListQuery(request: Pick<Request, 'originalUrl'>): ListQuery {
  const query = queryOf(request)
  const [state, institution, page, error] = ['state', 'institution', 'page', 'error'].map((name) => query.get(name))
  return {
    state: LIST_STATES.find((one) => one === state) ?? null,
    institution: isId('ins', institution ?? '') ? (institution ?? null) : null,
    page: /^[1-9][0-9]{0,3}$/.test(page ?? '') ? Number(page) : 1,
    select: query.get('select') === 'none' || error === 'chosen' ? 'none' : 'all',
    chosenMissing: error === 'chosen',
  }
}

/** The address of the list with some of its questions changed. */
export function listAddress(query: ListQuery, changes: Partial<Pick<ListQuery, 'state' | 'page' | 'select'>> = {}): string {
  const { state, institution, page, select } = { ...query, ...changes }
  const parts = new URLSearchParams()
  if (state) parts.set('state', state)
  if (institution) parts.set('institution', institution)
  if (page > 1) parts.set('page', String(page))
  if (select === 'none') parts.set('select', select)
  const text = parts.toString()
  return text === '' ? '/bills' : `/bills?${text}`
}
