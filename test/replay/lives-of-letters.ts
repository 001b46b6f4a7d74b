import type { Policy } from '../../domain/policy.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { resendReturned } from '../../store/commands/resend-returned.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { CITIZEN } from './citizen.ts'
import { bill, cancelled, heard, type Life } from './steps.ts'
import type { World } from './world.ts'

const letter = { channel: 'letterbox', wait: 'P10D', until: 'delivered', needsAddress: true, recalls: true } as const
const BY_LETTER: Partial<Policy> = { chain: [letter], due: { from: 'service', after: 'P30D' }, reminders: [] }
const LETTER_THEN_INBOX: Partial<Policy> = {
  ...BY_LETTER,
  chain: [letter, { channel: 'inbox', wait: 'P1D', until: 'read' }],
  proofOfService: 'read',
}

/** Lives in which a letter comes back, is lost, is taken back, or a notice is read. */
export const livesOfLetters: Readonly<Record<string, Life>> = {
  'returned-and-sent-again': async (world) => {
    const { root } = world.engine
    const id = await posted(world, BY_LETTER, 'notice:letterbox')
    await reported(world, id, 'notice:letterbox', { level: 'delivered' })
    await reported(world, id, 'notice:letterbox', { level: 'returned', reason: 'moved' })
    await eventually('a person is asked about the letter', async () => {
      const rows = await root.sql`select id from exceptions where bill_id = ${id} and kind = 'returnedMail' and closed_at is null`
      return rows.length === 1 ? true : undefined
    })
    const [row] = await root.sql<{ institution_id: string }[]>`select institution_id from bills where id = ${id}`
    const owner = { institutionId: row?.institution_id ?? null, mode: 'test' } as const
    const again = { deliveryId: await deliveryOf(world, id, 'notice:letterbox'), address: `new.${CITIZEN.address}`, actor: 'test' }
    await world.tell(transaction(root.sql, (tx) => resendReturned(tx, owner, again, root.clock.now())))
    await accepted(world, id, 'notice:letterbox#2')
    await cancelled(world, id)
    return [bill(id)]
  },

  'lost-by-one-and-read-by-the-other': async (world) => {
    const id = await posted(world, LETTER_THEN_INBOX, 'notice:letterbox')
    await reported(world, id, 'notice:letterbox', { level: 'failed', kind: 'permanent', code: 'lost' })
    await accepted(world, id, 'notice:inbox')
    await reported(world, id, 'notice:inbox', { level: 'read' })
    await cancelled(world, id)
    return [bill(id)]
  },
}

type Told = { level: 'delivered' | 'read' } | { level: 'returned'; reason: 'moved' } | { level: 'failed'; kind: 'permanent'; code: string }

async function posted(world: World, policy: Partial<Policy>, key: string): Promise<string> {
  world.letterbox.behaviour = 'accepts'
  const id = await world.issue({ policy })
  await accepted(world, id, key)
  return id
}

async function accepted({ engine }: World, billId: string, key: string): Promise<void> {
  await eventually(`${key} was handed over`, async () => {
    const rows = await engine.root.sql`select id from deliveries where bill_id = ${billId} and key = ${key} and accepted_at is not null`
    return rows.length === 1 ? true : undefined
  })
}

async function deliveryOf({ engine }: World, billId: string, key: string): Promise<string> {
  const [row] = await engine.root.sql<{ id: string }[]>`select id from deliveries where bill_id = ${billId} and key = ${key}`
  return row?.id ?? ''
}

/** What the channel says later of a delivery; answers once the bill's run has heard of it. */
async function reported(world: World, billId: string, key: string, told: Told): Promise<void> {
  const { sql, clock } = world.engine.root
  const deliveryId = await deliveryOf(world, billId, key)
  const at = clock.now()
  await world.tell(transaction(sql, (tx) => recordReceipt(tx, deliveryId, { ...told, at, reference: 'letter' }, at)))
  await eventually(`the run has heard that ${key} is ${told.level}`, () => heard(world, billId))
}
