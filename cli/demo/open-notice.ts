import { GojiError } from '../../domain/errors.ts'
import type { DemoWorld } from './world.ts'

/**
 * Opens the newest notice on a channel as a browser does: the link first, then the bill's page with what the link gave.
 * @throws GojiError `demo_failed` where none has arrived or the page does not open.
 */
export async function openNotice(
  world: DemoWorld,
  channel: string,
  contacts: readonly { channel: string; address: string }[],
): Promise<void> {
  const address = contacts.find((contact) => contact.channel === channel)?.address ?? ''
  const [link] = (await world.drivers.channels.get(channel)?.links(address)) ?? []
  if (link === undefined) throw new GojiError('conflict', 'demo_failed', `No notice has arrived at ${address}.`)
  const answer = await fetch(link, { redirect: 'manual', signal: world.signal })
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  const page = await fetch(new URL(answer.headers.get('location') ?? '/', link), {
    headers: { cookie: cookies.join('; ') },
    signal: world.signal,
  })
  if (!page.ok) throw new GojiError('conflict', 'demo_failed', `The notice's link answered ${page.status}.`)
}
