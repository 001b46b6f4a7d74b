import postgres from 'postgres'
import { eventually } from '../support/eventually.ts'
import { bill, checkout, delivered, type Life } from './steps.ts'
import type { World } from './world.ts'

/** Lives of which the books know nothing any more: they were put back from a copy that is older. */
export const livesOfRestores: Readonly<Record<string, Life>> = {
  forgotten: async (world) => {
    const [id, paying] = [await delivered(world), await delivered(world)]
    const { checkoutId } = await checkout(world, paying)
    await eventually('the payment page is there', async () => {
      const [row] = await world.engine.root.sql<
        { session_url: string | null }[]
      >`select session_url from checkouts where id = ${checkoutId}`
      return row?.session_url ?? undefined
    })
    await forget(world, id, checkoutId)
    for (const subject of [bill(id), `checkout:${checkoutId}`]) {
      await world.engine.root.engine.nudge(subject)
      await world.closed(subject)
    }
    return [bill(id), `checkout:${checkoutId}`]
  },
}

/** Takes the rows out as a restore would, past every trigger and foreign key. */
async function forget({ engine }: World, billId: string, checkoutId: string): Promise<void> {
  const connection = { search_path: 'goji', session_replication_role: 'replica' } as Record<string, string>
  const sql = postgres(engine.root.config.DATABASE_URL, { max: 1, connection })
  await sql`delete from bills where id = ${billId}`
  await sql`delete from checkouts where id = ${checkoutId}`
  await sql.end()
}
