import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Client } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger, type NativeConnection, Worker } from '@temporalio/worker'
import { type Contestant, Milestones } from './contestant.ts'
import { noBooks, type PlainBooks } from './plain-books.ts'

const createPlainActivities = (books: PlainBooks, milestones: Milestones) => ({
  issue: ({ billId }: { billId: string }): Promise<void> => books.issue(billId),
  send: async ({ billId }: { billId: string }): Promise<void> => {
    await books.send(billId)
    milestones.reached(`sent:${billId}`)
  },
  read: ({ billId }: { billId: string }): Promise<void> => books.read(billId),
  close: async ({ billId }: { billId: string }): Promise<void> => {
    await books.read(billId)
    milestones.reached(`closed:${billId}`)
  },
})

export type PlainActivities = ReturnType<typeof createPlainActivities>

/** A life without the engine: one of the workflows beside this file, over the books it is given. */
export async function startPlain(
  name: string,
  workflow: 'floorBill' | 'sampleBill',
  connection: NativeConnection,
  books: PlainBooks = noBooks,
): Promise<Contestant> {
  // The floor starts as the engine does. The samples start theirs from a program of its own, which cannot.
  const requestEagerStart = workflow === 'floorBill'
  const taskQueue = `plain-${randomUUID()}`
  const milestones = new Milestones()
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./plain-workflows.ts', import.meta.url)),
      logger: new DefaultLogger('WARN'),
    }),
    activities: createPlainActivities(books, milestones),
    maxCachedWorkflows: 600,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentActivityTaskExecutions: 60,
    maxConcurrentLocalActivityExecutions: 40,
  })
  const running = worker.run()
  const client = new Client({ connection })
  const bills = new Map<number, string>()
  const billOf = (index: number): string => bills.get(index) ?? ''
  const workflowId = (index: number): string => `${taskQueue}:${billOf(index)}`
  const signal = (index: number, signalName: string): Promise<void> => client.workflow.getHandle(workflowId(index)).signal(signalName)
  return {
    name,
    workflowId,
    async issue(index) {
      bills.set(index, await books.create(`${taskQueue}-${index}`))
      const args: [{ billId: string }] = [{ billId: billOf(index) }]
      await client.workflow.start(workflow, { workflowId: workflowId(index), taskQueue, args, requestEagerStart })
      await milestones.until(`sent:${billOf(index)}`)
    },
    async pay(index) {
      await books.pay(billOf(index))
      await signal(index, 'paymentReceived')
    },
    async settle(index) {
      await books.settle(billOf(index))
      await signal(index, 'settlementMatched')
      await milestones.until(`closed:${billOf(index)}`)
    },
    async stop() {
      worker.shutdown()
      await running
      await books.close()
    },
  }
}
