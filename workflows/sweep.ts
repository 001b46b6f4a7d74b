import { runActivity } from './run-activity.ts'

/** Started by a schedule: relays facts that were never signalled and wakes bills whose run is gone. */
export async function sweep(): Promise<{ facts: number; bills: number }> {
  return runActivity('sweep', undefined as never, 'Relay what was left behind')
}
