import type { ChannelDriver, CreateDriver } from '../../../../domain/ports/simulator.ts'
import { mobileNumber } from '../phone.ts'
import type { StoredMessage } from './messages.ts'

const TIMEOUT_MS = 15_000
const LINK = /https?:\/\/\S+/

/** Simulated citizens who look at their telephone. To open a message is to follow its link, as only our own page can tell. */
export const createDriver: CreateDriver<ChannelDriver> = ({ url }) => {
  const arrived = async (address: string): Promise<StoredMessage[]> => {
    const response = await fetch(`${url}/_simulator/phones/${mobileNumber(address) ?? '0'}`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) throw new Error(`The simulated telephone answered ${response.status}.`)
    return ((await response.json()) as StoredMessage[]).filter(({ statusCode }) => statusCode === '4000').reverse()
  }
  const linkOf = ({ text }: StoredMessage): string => LINK.exec(text)?.[0] ?? ''
  return {
    page: (address) => `${url}/phones/${mobileNumber(address) ?? '0'}`,
    links: async (address) => (await arrived(address)).map(linkOf),
    async open(address) {
      const unopened = (await arrived(address)).filter(({ opened }) => !opened)
      for (const message of unopened) {
        const page = await fetch(linkOf(message), { signal: AbortSignal.timeout(TIMEOUT_MS) })
        await page.arrayBuffer()
        await fetch(`${url}/_simulator/messages/${message.messageId}/open`, { method: 'POST', signal: AbortSignal.timeout(TIMEOUT_MS) })
      }
      return unopened.length
    },
  }
}
