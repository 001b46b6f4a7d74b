import { setTimeout as delay } from 'node:timers/promises'
import { Command } from 'commander'
import { Goji, type Schemas } from '../../client/index.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'

const LOOK_EVERY_MS = 1_000
const PAGE = 100

export const billsWatchCommand = (): Command =>
  withOutput(withEngine(new Command('watch')))
    .description('Follow a bill until its life has run its course: a line for each entry of its log, as it comes.')
    .argument('<id>', 'the bill')
    .addHelpText(
      'after',
      examples('goji bills watch bill_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji bills watch bill_01hfz3k9q4m7v2x8c5t6w0r3en -o json | jq .action'),
    )
    .action(async (id: string, flags: Flags) => {
      const client = new Goji(needEngine(flags))
      for await (const event of follow(client, id)) {
        if (flags.output === 'json') printJson(event)
        else print(eventText(event))
      }
    })

/** The log of a bill from its beginning, then every new entry until the bill is closed. */
async function* follow(client: Goji, id: string): AsyncGenerator<Schemas['LogEvent']> {
  let seen = 0
  let cursor: string | undefined
  for (;;) {
    // Asked before the log is: a closed bill has written its last entry.
    const { stage } = await client.get('/v1/bills/{id}', { path: { id } })
    let page: { data: Schemas['LogEvent'][]; nextCursor: string | null }
    do {
      page = await client.get('/v1/bills/{id}/events', { path: { id }, query: { limit: PAGE, cursor } })
      for (const event of page.data.filter(({ seq }) => seq > seen)) {
        seen = event.seq
        yield event
      }
      cursor = page.nextCursor ?? cursor
    } while (page.nextCursor !== null)
    if (stage === 'closed') return
    await delay(LOOK_EVERY_MS)
  }
}

const eventText = ({ at, action, actor, body }: Schemas['LogEvent']): string => {
  const details = Object.entries(body).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return [at, action.padEnd(18), actor, ...details].join('  ')
}
