import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'
import { timeouts } from './timeouts.ts'

/**
 * Calls an activity under its own timeouts, with a line for whoever reads the Temporal UI. A cancelled activity is
 * waited for: what it did is recorded before the workflow goes on.
 */
export function runActivity<Name extends keyof Activities>(
  name: Name,
  input: Parameters<Activities[Name]>[0],
  summary: string,
): ReturnType<Activities[Name]> {
  const proxy = proxyActivities<Activities>({
    ...timeouts[name].options,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    summary,
  })
  return (proxy[name] as unknown as (input: unknown) => ReturnType<Activities[Name]>)(input)
}
