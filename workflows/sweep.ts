import type { Swept } from '../activities/sweep.ts'
import { runActivity } from './run-activity.ts'

/** Started by a schedule: relays facts that were never signalled, and wakes bills, checkouts and statements whose run is gone. */
export async function sweep(): Promise<Swept> {
  return runActivity('sweep', undefined as never, 'Relay what was left behind')
}
