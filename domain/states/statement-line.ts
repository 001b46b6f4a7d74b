import type { Machine } from './table.ts'

export const LINE_STATES = ['received', 'posted', 'exception', 'dismissed'] as const
export type LineState = (typeof LINE_STATES)[number]
export type LineEvent = 'post' | 'except' | 'dismiss'

/** One line of a settlement or bank statement: posted to the ledger once, or an exception with an age and an owner. */
export const lineMachine: Machine<LineState, LineEvent> = {
  name: 'line',
  initial: 'received',
  table: {
    received: { post: 'posted', except: 'exception' },
    exception: { post: 'posted', except: 'exception', dismiss: 'dismissed' },
    posted: {},
    dismissed: {},
  },
}
