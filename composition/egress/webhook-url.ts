import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { invalid } from '../../domain/errors.ts'
import type { Config } from '../config.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'

/** Who may be called: decided by the settings and by the key's mode. */
export interface Reach {
  /** Also this machine, over plain HTTP and any port: for development, never for live bills. */
  readonly loopback: boolean
  readonly ports: ReadonlySet<number>
}

export const reachOf = (config: Pick<Config, 'GOJI_WEBHOOK_PORTS' | 'GOJI_WEBHOOK_LOOPBACK'>, mode: 'test' | 'live'): Reach => ({
  loopback: mode === 'test' && config.GOJI_WEBHOOK_LOOPBACK === 'on',
  ports: new Set(config.GOJI_WEBHOOK_PORTS),
})

export type Resolve = (name: string) => Promise<readonly string[]>
const resolveName: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address)

/** The host of a URL without the brackets of IPv6. Node's parser has brought every spelling of IPv4 into the usual one. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** Why nobody may call this URL, whatever its name resolves to; null where nothing speaks against it. */
export function flawOf(url: URL, reach: Reach): string | null {
  const host = hostOf(url)
  const local = reach.loopback && (isLoopbackAddress(host) || host === 'localhost')
  if (url.username !== '' || url.password !== '') return 'It must not hold a user name or password.'
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return 'It has to begin with https://.'
  if (!local && !reach.ports.has(Number(url.port || 443))) return `Its port has to be one of: ${[...reach.ports].join(', ')}.`
  if (isIP(host) !== 0 && !local && !isPublicAddress(host)) return 'Its address is not one of the public Internet.'
  return null
}

/** Whether this address, found for a name, may be called. */
export const mayCall = (address: string, reach: Reach): boolean =>
  isPublicAddress(address) || (reach.loopback && isLoopbackAddress(address))

/**
 * Checks the URL that an institution gives for its webhooks. It is checked again at every call, as names come to mean
 * other addresses. @throws GojiError `webhook_url_refused`.
 */
export async function checkWebhookUrl(text: string, reach: Reach, resolve: Resolve = resolveName): Promise<URL> {
  const refuse = (why: string): Error => invalid('webhook_url_refused', `The URL cannot be called. ${why}`, '/url')
  if (!URL.canParse(text)) throw refuse('It is not a URL.')
  const url = new URL(text)
  const flaw = flawOf(url, reach)
  if (flaw !== null) throw refuse(flaw)
  if (url.hash !== '') throw refuse('Leave out what follows the #.')
  const host = hostOf(url)
  if (isIP(host) !== 0) return url
  const addresses = await resolve(host).catch(() => [])
  if (addresses.length === 0) throw refuse('Its name has no address now. Check the spelling, or try again once it has one.')
  if (!addresses.every((address) => mayCall(address, reach)))
    throw refuse('Its name leads to an address that is not of the public Internet.')
  return url
}
