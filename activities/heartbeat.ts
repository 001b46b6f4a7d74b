import { Context } from '@temporalio/activity'

const BEAT_MS = 2_000

/** One call to a channel or gateway: several have to fit into the minute that timeouts.ts gives an attempt. */
export const CALL_LIMIT_MS = 15_000

/**
 * Runs a call to the outside while telling Temporal that this worker lives: a dead worker's call is taken up by another
 * within the heartbeat timeout. The call itself is never cut off by a cancellation, only by its own time limit: what may
 * have taken effect is waited for and recorded.
 */
export async function withHeartbeat<T>(timeLimit: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current()
  const timer = setInterval(() => context.heartbeat(), BEAT_MS)
  try {
    return await call(AbortSignal.timeout(timeLimit))
  } finally {
    clearInterval(timer)
  }
}
