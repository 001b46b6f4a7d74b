import type { Machine } from './table.ts'

export const BATCH_STATES = ['created', 'uploading', 'ready', 'issuing', 'paused', 'issued', 'cancelled', 'undoing', 'undone'] as const
export type BatchState = (typeof BATCH_STATES)[number]
export type BatchEvent = 'upload' | 'receive' | 'issue' | 'pause' | 'resume' | 'complete' | 'cancel' | 'rerun' | 'undo' | 'finishUndo'

/**
 * A file of bills of one institution. An upload that was cut off leaves it `uploading`, and the next one begins anew.
 * `issued`: every row had its turn, though some may have failed. Cancelling leaves the bills that are there; undoing
 * takes back those that nobody paid.
 */
export const batchMachine: Machine<BatchState, BatchEvent> = {
  name: 'batch',
  initial: 'created',
  table: {
    created: { upload: 'uploading', cancel: 'cancelled' },
    uploading: { upload: 'uploading', receive: 'ready', cancel: 'cancelled' },
    ready: { issue: 'issuing', cancel: 'cancelled' },
    issuing: { pause: 'paused', complete: 'issued', cancel: 'cancelled', undo: 'undoing' },
    paused: { resume: 'issuing', cancel: 'cancelled', undo: 'undoing' },
    issued: { rerun: 'issuing', undo: 'undoing' },
    cancelled: { undo: 'undoing' },
    undoing: { finishUndo: 'undone' },
    // What was kept may be free to take back later.
    undone: { undo: 'undoing' },
  },
}

/** The engine has something to do with it. */
export const isAtWork = (state: BatchState): boolean => state === 'issuing' || state === 'undoing'
