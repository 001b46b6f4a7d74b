import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Client } from '@temporalio/client'
import { bundleWorkflowCode, type NativeConnection, Worker } from '@temporalio/worker'
import type postgres from 'postgres'
import { type Contestant, Milestones } from './contestant.ts'

/** What an activity of the floor does: nothing, or the SQL that a wake of the engine costs at the least. */
export interface FloorBooks {
  create(billId: string): Promise<void>
  /** One row read and one written. */
  wake(billId: string): Promise<void>
  /** A double entry. */
  pay(billId: string): Promise<void>
}

export const noBooks: FloorBooks = { create: async () => undefined, wake: async () => undefined, pay: async () => undefined }

/** The least SQL of DESIGN section 8's prototype: a row read and a row written per wake, a double entry per payment. */
export async function leastBooks(sql: postgres.Sql): Promise<FloorBooks> {
  await sql`create table if not exists public.floor_bills (id text primary key, state text not null, at timestamptz not null default now())`
  await sql`create table if not exists public.floor_entries (id bigint generated always as identity, bill_id text, account text, amount bigint)`
  return {
    create: async (id) => void (await sql`insert into public.floor_bills (id, state) values (${id}, 'received')`),
    wake: async (id) => {
      await sql`select state from public.floor_bills where id = ${id}`
      await sql`update public.floor_bills set state = 'open', at = now() where id = ${id}`
    },
    pay: async (id) =>
      void (await sql`insert into public.floor_entries (bill_id, account, amount) values (${id}, 'clearing', 100), (${id}, 'payable', -100)`),
  }
}

const createFloorActivities = (books: FloorBooks, milestones: Milestones) => ({
  read: async ({ billId }: { billId: string }): Promise<void> => {
    await books.wake(billId)
    milestones.reached(`read:${billId}`)
  },
  send: async ({ billId }: { billId: string }): Promise<void> => {
    await books.wake(billId)
    milestones.reached(`sent:${billId}`)
  },
  close: async ({ billId }: { billId: string }): Promise<void> => {
    await books.wake(billId)
    milestones.reached(`closed:${billId}`)
  },
})

export type FloorActivities = ReturnType<typeof createFloorActivities>

export async function startFloor(name: string, connection: NativeConnection, books: FloorBooks): Promise<Contestant> {
  const taskQueue = `${name}-${randomUUID()}`
  const milestones = new Milestones()
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./floor-workflow.ts', import.meta.url)) }),
    activities: createFloorActivities(books, milestones),
    maxCachedWorkflows: 600,
    maxConcurrentActivityTaskExecutions: 60,
    maxConcurrentLocalActivityExecutions: 40,
  })
  const running = worker.run()
  const client = new Client({ connection })
  const id = (index: number): string => `${taskQueue}:${index}`
  const signal = (index: number, signalName: string): Promise<void> => client.workflow.getHandle(id(index)).signal(signalName)
  return {
    name,
    workflowId: id,
    async issue(index) {
      await books.create(id(index))
      await client.workflow.start('floorBill', { workflowId: id(index), taskQueue, args: [{ billId: id(index) }] })
      await milestones.until(`sent:${id(index)}`)
    },
    async pay(index) {
      await books.pay(id(index))
      await signal(index, 'paymentReceived')
    },
    async settle(index) {
      await books.pay(id(index))
      await signal(index, 'settlementMatched')
      await milestones.until(`closed:${id(index)}`)
    },
    async stop() {
      worker.shutdown()
      await running
    },
  }
}
