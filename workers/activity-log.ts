import type { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { ActivityExecuteInput, ActivityInterceptors } from '@temporalio/worker'
import type { Logger } from '../composition/log.ts'

const CALLED: Readonly<Record<string, string>> = {
  bill: 'billId',
  checkout: 'checkoutId',
  statement: 'statementId',
  batch: 'batchId',
  webhook: 'endpointId',
}

/** What a run is about, by its id, so that a log is searched by a bill as by a request. */
export function subjectOf(workflowId: unknown): Record<string, string> {
  const [, kind = '', id] = typeof workflowId === 'string' ? (/^([a-z]+):(.+)$/.exec(workflowId) ?? []) : []
  const name = CALLED[kind]
  return name === undefined || id === undefined ? {} : { [name]: id }
}

/**
 * One line per attempt of an activity: what it was about, which attempt, how long it took and how it ended. Inputs and
 * answers are left out, and of a failure its type: messages are for Temporal's UI.
 */
export const logActivities =
  (log: Logger) =>
  ({ info }: Context): ActivityInterceptors => ({
    inbound: {
      execute: async (input: ActivityExecuteInput, next: (input: ActivityExecuteInput) => Promise<unknown>): Promise<unknown> => {
        const started = process.hrtime.bigint()
        const line = (more: object): object => ({
          ...subjectOf(info.workflowExecution?.workflowId),
          workflowId: info.workflowExecution?.workflowId,
          runId: info.workflowExecution?.runId,
          activityType: info.activityType,
          attempt: info.attempt,
          ms: Number((process.hrtime.bigint() - started) / 10_000n) / 100,
          ...more,
        })
        try {
          const answer = await next(input)
          // Bookkeeping inside workflow tasks is most of what a worker does, and stands in the books' own log.
          log[info.isLocal ? 'debug' : 'info'](line({}), 'activity')
          return answer
        } catch (error) {
          const failure = error instanceof ApplicationFailure ? error.type : (error as Error).name
          const isExpected = failure === 'provider.stopped' || failure === 'CancelledFailure'
          log[isExpected ? 'info' : 'warn'](line({ failure }), 'activity failed')
          throw error
        }
      },
    },
  })
