import type { NativeConnection } from '@temporalio/worker'
import type { View } from '../../activities/books.ts'
import { createActivities } from '../../activities/index.ts'
import { billWorkflowId } from '../../composition/start-options.ts'
import { bundleWorkflows, createWorker, portsOf } from '../../workers/worker.ts'
import { issueBill, openBooks, payBill, settleBill } from './books.ts'
import { type Contestant, Milestones } from './contestant.ts'

/**
 * The engine itself: its store, its workflows, its worker, with the platform's own inbox as the channel. Payment and
 * settlement are recorded as a checkout and a statement record them, and signalled the same way; the checkout's own
 * workflow is left out, since one checkout pays many bills.
 */
export async function startEngine(connection: NativeConnection, databaseUrl: string, temporalAddress: string): Promise<Contestant> {
  const { root, taskQueue, institutionId } = await openBooks('engine', connection, databaseUrl, temporalAddress)
  const milestones = new Milestones()
  const activities = createActivities(portsOf(root))
  const worker = await createWorker(root, connection, await bundleWorkflows(), {
    sendNotice: async (input) => {
      const view = await activities.sendNotice(input)
      milestones.reached(`sent:${input.billId}`)
      return closedIn(input.billId, view)
    },
    look: async (input) => closedIn(input.billId, await activities.look(input)),
  })
  function closedIn(billId: string, view: View): View {
    if (view.stage === 'closed') milestones.reached(`closed:${billId}`)
    return view
  }
  const running = worker.run()
  const lives = new Map<number, { billId: string; reference: string }>()
  const life = (index: number): { billId: string; reference: string } => {
    const found = lives.get(index)
    if (!found) throw new Error(`life ${index} has not begun`)
    return found
  }
  return {
    name: 'engine',
    workflowId: (index) => billWorkflowId(life(index).billId),
    async issue(index) {
      const { billId, wake } = await issueBill(root, institutionId, `${taskQueue}-${index}`)
      lives.set(index, { billId, reference: `pay-${taskQueue}-${index}` })
      await root.engine.wake([wake])
      await milestones.until(`sent:${billId}`)
    },
    pay: async (index) => root.engine.wake(await payBill(root, life(index))),
    async settle(index) {
      await root.engine.wake(await settleBill(root, life(index).reference))
      await milestones.until(`closed:${life(index).billId}`)
    },
    async stop() {
      worker.shutdown()
      await running
      await root.close()
    },
  }
}
