import type { BillView } from '../../bill-view.ts'

/** Bills of one section, a page of them. */
export interface Section {
  readonly views: readonly BillView[]
  /** Over all pages. */
  readonly total: number
  readonly page: number
  readonly pages: number
}
