import type { ChannelDriver, CreateDriver } from '../../../../domain/ports/simulator.ts'
import { recipientOf } from '../recipient.ts'
import type { PrintedLetter } from './print-house.ts'

const TIMEOUT_MS = 15_000
/** The link that the letter's code and text hold stands in clear in the file, as the target of a link. */
const LINK = /\/URI \(([^)]*)\)/

/** Simulated citizens at their letterbox. What has been printed is on its way until they open it. */
export const createDriver: CreateDriver<ChannelDriver> = ({ url }) => {
  const ask = async (path: string, method = 'GET'): Promise<Buffer> => {
    const response = await fetch(`${url}${path}`, { method, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const body = Buffer.from(await response.arrayBuffer())
    if (!response.ok) throw new Error(`The print house answered ${response.status}.`)
    return body
  }
  const letters = async (address: string): Promise<PrintedLetter[]> =>
    JSON.parse((await ask(`/letters?recipient=${recipientOf(address)}`)).toString('utf8')) as PrintedLetter[]
  return {
    page: (address) => `${url}/?recipient=${recipientOf(address)}`,
    async links(address) {
      const arrived = (await letters(address)).filter(({ status }) => status === 'posted' || status === 'delivered').reverse()
      const files = await Promise.all(arrived.map(({ key }) => ask(`/letters/${encodeURIComponent(key)}.pdf`)))
      return files.map((pdf) => LINK.exec(pdf.toString('latin1'))?.[1] ?? '')
    },
    async open(address) {
      const posted = (await letters(address)).filter(({ status }) => status === 'posted')
      for (const { key } of posted) await ask(`/letters/${encodeURIComponent(key)}/deliver`, 'POST')
      return posted.length
    },
  }
}
