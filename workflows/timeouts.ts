import type { Activities } from '../activities/index.ts'

/** The SDK's own type of a duration comes out as `any` here: the package it is taken from names no types to ES modules. */
type Duration = `${number}${'ms' | 's' | 'm' | 'h'}`

interface Options {
  readonly startToCloseTimeout: Duration
  readonly heartbeatTimeout?: Duration
  readonly retry: {
    readonly initialInterval?: Duration
    readonly backoffCoefficient?: number
    readonly maximumInterval?: Duration
    readonly maximumAttempts?: number
  }
}

/** What an operator needs to know of an activity besides its options; `docs/timeouts.md` is made from this table. */
export interface Timeouts {
  readonly options: Options
  /** What becomes of the bill, checkout or statement when the attempts are used up. */
  readonly exhausted: string
  /** Failure types that are not retried. */
  readonly final: string
}

const PROVIDER_FINAL = 'provider.permanent, our own refusals'
const BOOKS_FINAL = 'our own refusals, database.22*, 23*, 42*'

/** Explicit timeouts and retries of every activity; there are no others. */
export const timeouts: Record<keyof Activities, Timeouts> = {
  look: books('the bill waits; the sweep wakes it again'),
  takeStep: books('the bill waits; the sweep wakes it again'),
  closeDelivery: books('the delivery stays "sending"; the plan takes it up again'),
  sendNotice: {
    options: {
      startToCloseTimeout: '60s',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10m', maximumAttempts: 12 },
    },
    exhausted:
      'the delivery is failed (technical) and the next channel is due; while an operator has stopped the channel, it is tried again',
    final: PROVIDER_FINAL,
  },
  recallNotice: {
    options: {
      startToCloseTimeout: '60s',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 15 },
    },
    exhausted: 'the delivery goes its way, which is noted, and the bill goes on',
    final: PROVIDER_FINAL,
  },
  sendRefund: {
    options: {
      startToCloseTimeout: '60s',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '1h' },
    },
    exhausted:
      'never: the gateway is asked until it answers, and its refusal asks the citizen for an account; what our books refuse is tried again every hour',
    final: BOOKS_FINAL,
  },
  askSettlement: {
    options: {
      startToCloseTimeout: '5m',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10m', maximumAttempts: 5 },
    },
    exhausted: 'the bill waits for the next time to ask, then for a person',
    final: PROVIDER_FINAL,
  },
  openSession: {
    options: {
      startToCloseTimeout: '60s',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s', maximumAttempts: 10 },
    },
    exhausted:
      'the checkout fails and lets its bills go; the citizen may try again, also where an operator has stopped the gateway meanwhile',
    final: PROVIDER_FINAL,
  },
  collect: {
    options: {
      startToCloseTimeout: '60s',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
    },
    exhausted: 'never: the gateway is asked until it answers; money is never guessed',
    final: 'our own refusals, database.22*, 23*, 42*',
  },
  closeSession: {
    options: {
      startToCloseTimeout: '60s',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
    },
    exhausted: 'never: a checkout expires only after the gateway said that there is no money',
    final: 'our own refusals, database.22*, 23*, 42*',
  },
  stopCheckout: {
    options: {
      startToCloseTimeout: '60s',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    },
    exhausted: 'never: a page for what is no longer due is ended or paid; what our books refuse is tried again every hour',
    final: BOOKS_FINAL,
  },
  endForgotten: {
    options: {
      startToCloseTimeout: '60s',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m', maximumAttempts: 30 },
    },
    exhausted: 'the run fails after two hours; the page ends by its own time, and money that came is told by the settlement file',
    final: 'our own refusals',
  },
  abandonCheckout: visible('the checkout stays open and is ended by the next run'),
  postPage: {
    options: {
      startToCloseTimeout: '5m',
      heartbeatTimeout: '30s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    },
    exhausted: 'never: lines are booked one by one, and what is booked stays booked',
    final: BOOKS_FINAL,
  },
  finishStatement: visible('the statement stays "received"; booking it again finishes it'),
  deliverWebhooks: {
    options: {
      startToCloseTimeout: '2m',
      heartbeatTimeout: '10s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    },
    exhausted: 'never: what was not delivered stays due; an answer of the endpoint is no failure of the activity',
    final: BOOKS_FINAL,
  },
  workBatch: {
    options: {
      startToCloseTimeout: '5m',
      heartbeatTimeout: '30s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    },
    exhausted: 'never: each row is issued or taken back in a transaction of its own, and what is done stays done once',
    final: BOOKS_FINAL,
  },
  sweep: {
    options: { startToCloseTimeout: '60s', retry: { maximumAttempts: 1 } },
    exhausted: 'the next sweep, ten seconds later, does the same',
    final: 'all: a sweep is not repeated',
  },
}

/** Until a run tries again what our own books refused: time for somebody to mend them. */
export const AFTER_REFUSAL: Duration = '1h'

/** Bookkeeping, where it did not get through as a local activity: the same work, visible, until the store is back. */
function books(exhausted: string): Timeouts {
  return {
    options: { startToCloseTimeout: '20s', retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } },
    exhausted,
    final: BOOKS_FINAL,
  }
}

function visible(exhausted: string): Timeouts {
  return {
    options: { startToCloseTimeout: '30s', retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } },
    exhausted,
    final: BOOKS_FINAL,
  }
}

/**
 * Bookkeeping first runs inside the workflow task, for ten seconds: no event, no queue. The attempts are counted so that
 * they end by then too: the SDK looks at the ten seconds only while an attempt runs, and a store that refuses at once
 * would be asked for ever, unseen, at three events of history every eight seconds.
 */
export const localBooks: Options & { readonly scheduleToCloseTimeout: Duration } = {
  scheduleToCloseTimeout: '10s',
  startToCloseTimeout: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '2s', maximumAttempts: 8 },
}
