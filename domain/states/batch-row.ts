import type { Machine } from './table.ts'

export const ROW_STATES = ['received', 'invalid', 'issued', 'failed', 'withdrawn', 'kept'] as const
export type RowState = (typeof ROW_STATES)[number]
export type RowEvent = 'refuse' | 'issue' | 'fail' | 'retry' | 'withdraw' | 'keep'

/**
 * One row of a batch. `received`: read, in order, and no bill yet. `invalid`: refused as it was read. `failed`: refused as
 * it was issued, and tried again when the batch is run again. `kept`: an undo found that its bill must stay.
 */
export const rowMachine: Machine<RowState, RowEvent> = {
  name: 'row',
  initial: 'received',
  table: {
    received: { refuse: 'invalid', issue: 'issued', fail: 'failed' },
    invalid: {},
    issued: { withdraw: 'withdrawn', keep: 'kept' },
    failed: { retry: 'received' },
    withdrawn: {},
    // Another undo looks at it once more.
    kept: { retry: 'issued' },
  },
}
