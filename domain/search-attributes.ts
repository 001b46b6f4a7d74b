/** What operators search bills by in Temporal. Keyword, Datetime and Bool only: nothing here may hold personal data. */
export const SEARCH_ATTRIBUTES = {
  BillStage: 'Keyword',
  BillStatus: 'Keyword',
  Institution: 'Keyword',
  BillDueDate: 'Datetime',
  Paused: 'Bool',
} as const

/** In place of a stage: the books do not know the bill of this run. */
export const FORGOTTEN = 'forgotten'
