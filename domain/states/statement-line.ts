import type { Machine } from './table.ts'

export const LINE_STATES = ['received', 'posted', 'exception', 'dismissed', 'superseded', 'returning', 'returned'] as const
export type LineState = (typeof LINE_STATES)[number]
export type LineEvent = 'post' | 'except' | 'dismiss' | 'supersede' | 'sendBack' | 'seeReturned'

/**
 * One line of a settlement or bank statement: posted once, or an exception with an age and an owner. `superseded`: a
 * revised file took its place before anything was booked. `returning`: somebody decided to send the money back to its
 * payer; `returned`: the bank's statement shows that it went.
 */
export const lineMachine: Machine<LineState, LineEvent> = {
  name: 'line',
  initial: 'received',
  table: {
    received: { post: 'posted', except: 'exception', supersede: 'superseded' },
    exception: { post: 'posted', except: 'exception', dismiss: 'dismissed', supersede: 'superseded', sendBack: 'returning' },
    posted: {},
    dismissed: {},
    superseded: {},
    returning: { seeReturned: 'returned' },
    returned: {},
  },
}
