import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client'

/** Makes sure that the sweep runs every ten seconds; several workers may ask at once, and only the first makes it. */
export async function ensureSweep(client: Client, taskQueue: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: `sweep:${taskQueue}`,
      spec: { intervals: [{ every: '10s' }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
      action: {
        type: 'startWorkflow',
        workflowType: 'sweep',
        taskQueue,
        workflowExecutionTimeout: '5m',
        staticSummary: 'Relay facts and runs that were left behind',
        staticDetails: 'It normally finds nothing. What it does find died between a commit and its signal, or was ended by hand.',
      },
    })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
  }
}
