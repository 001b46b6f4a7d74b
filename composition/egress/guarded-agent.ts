import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { Agent } from 'undici'
import { mayCall, type Reach } from './webhook-url.ts'

const CONNECT_TIMEOUT_MS = 5_000
/** Connections to one endpoint: as many as a page of deliveries uses at a time. */
const CONNECTIONS = 8
const HEADER_BYTES_MAX = 16 * 1024

export class ForbiddenAddressError extends Error {
  readonly code = 'FORBIDDEN_ADDRESS'
}

type LookedUp = (error: Error | null, address: string | LookupAddress[], family?: number) => void
type Lookup = (hostname: string, options: LookupOptions, callback: LookedUp) => void

/** Asks for a name's addresses and lets the connection have them only if every one may be called. */
const guarded =
  (reach: Reach, lookup: Lookup): Lookup =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const addresses = Array.isArray(found) ? found : []
      if (addresses.length === 0 || !addresses.every(({ address }) => mayCall(address, reach)))
        return callback(new ForbiddenAddressError(`a name leads to an address that is not of the public Internet`), [])
      if (options.all === true) return callback(null, addresses)
      return callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4)
    })
  }

/**
 * Connections that lead to the public Internet alone: the very addresses that are connected to are looked at, so a name
 * that changes between the check and the call (rebinding) is caught. An address written into the URL is never looked up;
 * `flawOf` refuses it.
 */
export const guardedAgent = (reach: Reach, lookup: Lookup = systemLookup as Lookup): Agent =>
  new Agent({
    connections: CONNECTIONS,
    pipelining: 1,
    maxHeaderSize: HEADER_BYTES_MAX,
    keepAliveTimeout: 10_000,
    connect: { timeout: CONNECT_TIMEOUT_MS, lookup: guarded(reach, lookup) as never },
  })
