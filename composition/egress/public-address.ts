import ipaddr from 'ipaddr.js'

/** What the Internet assigns to hosts; all else in IPv6 is local, a tunnel, a translation of IPv4, or nobody's. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address belongs to a host on the public Internet: not to this machine, its network, a cloud's metadata
 * service, or to anything that stands for one of them in another spelling.
 */
export function isPublicAddress(text: string): boolean {
  const address = read(text)
  if (address === null || address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST)
}

export function isLoopbackAddress(text: string): boolean {
  return read(text)?.range() === 'loopback'
}

/** An IP address in its usual spelling, or null: what a name server or a parsed URL gives. */
function read(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  return ipaddr.isValid(text) ? ipaddr.parse(text) : null
}
