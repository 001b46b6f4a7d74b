import { setTimeout as delay } from 'node:timers/promises'
import { Goji } from '../client/index.ts'
import { Engine as Runs } from '../composition/engine.ts'
import type { ChannelDriver } from '../domain/ports/simulator.ts'
import type { Engine } from './engine.ts'
import { facts } from './output.ts'
import type { PlayOptions } from './run/play.ts'
import { readBills } from './run/read-bills.ts'
import type { BillBody } from '../batches/read-row.ts'

/** The first notice is there within a second or two. */
const LINK_LOOKS = 40
const LINK_LOOK_EVERY_MS = 500

/** What a newcomer needs: whose page to open and how to get in, where to look behind it, and what to try next. */
export async function welcomeText(options: PlayOptions, engine: Engine): Promise<string> {
  const client = new Goji({ url: engine.url, key: engine.key, signal: options.signal })
  const citizen = await featuredCitizen(options)
  const { data: bills } = await client.get('/v1/bills', { query: { citizenIdentifier: citizen.identifier, limit: 100 } })
  const { channels } = options.drivers
  const contact = citizen.contacts.find(({ channel }) => channels.has(channel))
  const driver = contact && channels.get(contact.channel)
  const link = contact && driver ? await firstLink(driver, contact.address, options.signal) : undefined
  const temporal = engine.addresses['temporal']
  const id = bills[0]?.id ?? 'ID'
  const lines: (readonly [string, string | undefined])[] = [
    [`The page of ${citizen.name ?? citizen.identifier}, who has ${bills.length} bills`, `${engine.url}/sign-in`],
    ['  sign in as', contact?.address],
    ['  the code arrives in the mailbox', contact && driver?.page(contact.address)],
    // By today's port, which may be another one than when the notice was sent.
    ['One of these bills, without signing in', link === undefined ? undefined : `${engine.url}${link}`],
    ["The institutions' API", `${engine.url}/docs`],
    ["The life of one bill, in Temporal's own pages", temporal === undefined ? undefined : Runs.runUrl(temporal, 'default', id)],
  ]
  const next = [
    'npx goji bills list',
    `npx goji bills watch ${id}`,
    `curl -s -H 'Authorization: Bearer ${engine.key}' ${engine.url}/v1/bills/${id}/forecast`,
  ]
  const addresses = facts(lines.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
  return `\n${addresses}\n\nNext, try in another terminal:\n${next.map((line) => `  ${line}`).join('\n')}\n\nCtrl-C stops everything.`
}

/** Whose part in the mapping is not left to chance: the one to look at. */
async function featuredCitizen({ file, mapping }: PlayOptions): Promise<BillBody['citizen']> {
  const [id] = Object.keys(mapping.citizens.fixed)
  for await (const bill of readBills(file, mapping)) {
    if (!Array.isArray(bill) && bill.body.citizen.identifier === id) return bill.body.citizen
  }
  throw new Error('The examples have no bill of a citizen whose part is fixed.')
}

/** The path of the newest notice's link; undefined when none has come in time, which is no reason to show nothing. */
async function firstLink(driver: ChannelDriver, address: string, signal: AbortSignal): Promise<string | undefined> {
  for (let look = 0; look < LINK_LOOKS; look += 1) {
    const path = (await driver.links(address)).map((link) => new URL(link).pathname).find((one) => one.startsWith('/n/'))
    if (path !== undefined) return path
    await delay(LINK_LOOK_EVERY_MS, undefined, { signal })
  }
  return undefined
}
