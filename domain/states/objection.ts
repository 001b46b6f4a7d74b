import type { Machine } from './table.ts'

export const OBJECTION_STATES = ['filed', 'upheld', 'partly', 'dismissed', 'withdrawn', 'overtaken'] as const
export type ObjectionState = (typeof OBJECTION_STATES)[number]
export type ObjectionEvent = 'uphold' | 'upholdPartly' | 'dismiss' | 'withdraw' | 'overtake'

/**
 * A citizen's objection to a bill. `upheld` cancels the bill, `partly` lowers it, `dismissed` and `withdrawn` let its
 * clocks go on. `overtaken`: the bill came to an end before anybody decided, and there is nothing left to decide.
 */
export const objectionMachine: Machine<ObjectionState, ObjectionEvent> = {
  name: 'objection',
  initial: 'filed',
  table: {
    filed: { uphold: 'upheld', upholdPartly: 'partly', dismiss: 'dismissed', withdraw: 'withdrawn', overtake: 'overtaken' },
    upheld: {},
    partly: {},
    dismissed: {},
    withdrawn: {},
    overtaken: {},
  },
}
