import type { ChannelDriver, CreateDriver } from '../../../../domain/ports/simulator.ts'
import { unescape } from '../../../kit/escape.ts'
import { parseAddress } from '../address.ts'

const TIMEOUT_MS = 15_000
/** What a notice's article tells of itself on the mailbox page: its key, its state and, further down, its link. */
const ARTICLE = /<article [^>]*data-key="([^"]*)" data-status="([^"]*)">([\s\S]*?)<\/article>/g
const LINK = /<a href="([^"]*)"/

interface Received {
  readonly key: string
  readonly status: string
  readonly link: string
}

/** Simulated citizens who look into their mailbox in one of the apps, as its page shows it. */
export const createDriver: CreateDriver<ChannelDriver> = ({ url }) => {
  const page = (address: string): string => {
    const { relay, recipient } = parseAddress(address) ?? { relay: '', recipient: address }
    return `${url}/${relay}/recipients/${recipient}`
  }
  const received = async (address: string): Promise<Received[]> => {
    const html = await text(await fetch(page(address), { signal: AbortSignal.timeout(TIMEOUT_MS) }))
    return [...html.matchAll(ARTICLE)].map(([, key = '', status = '', body = '']) => ({
      key: unescape(key),
      status,
      link: unescape(LINK.exec(body)?.[1] ?? ''),
    }))
  }
  return {
    page,
    async links(address) {
      return (await received(address)).map(({ link }) => link)
    },
    async open(address) {
      const relay = parseAddress(address)?.relay ?? ''
      const unopened = (await received(address)).filter(({ status }) => status === 'delivered')
      for (const { key } of unopened) {
        await text(
          await fetch(`${url}/${relay}/deliveries/${encodeURIComponent(key)}/open`, {
            method: 'POST',
            signal: AbortSignal.timeout(TIMEOUT_MS),
          }),
        )
      }
      return unopened.length
    },
  }
}

/** An unread answer would keep its connection from being used again. */
async function text(response: Response): Promise<string> {
  const body = await response.text()
  if (!response.ok) throw new Error(`The simulated app answered ${response.status}: ${body.slice(0, 200)}`)
  return body
}
