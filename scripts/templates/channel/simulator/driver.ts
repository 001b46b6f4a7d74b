import type { ChannelDriver, CreateDriver } from '../../../../domain/ports/simulator.ts'
import type { Message } from './open.ts'

/** Simulated citizens who look at what has arrived. */
export const createDriver: CreateDriver<ChannelDriver> = ({ url }) => {
  const received = async (address: string): Promise<Message[]> => {
    const response = await fetch(`${url}/_simulator/recipients/${encodeURIComponent(address)}`)
    return ((await response.json()) as Message[]).filter(({ status }) => status !== 'accepted').reverse()
  }
  return {
    page: () => `${url}/`,
    links: async (address) => (await received(address)).map(({ text }) => /https?:\/\/\S+/.exec(text)?.[0] ?? ''),
    async open(address) {
      const unopened = (await received(address)).filter(({ status }) => status === 'delivered')
      for (const { key } of unopened) await fetch(`${url}/_simulator/messages/${encodeURIComponent(key)}/open`, { method: 'POST' })
      return unopened.length
    },
  }
}
