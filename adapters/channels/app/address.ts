/** A citizen's address on this channel: `<relay>:<recipient>`, such as `talk:8f3c0a`. */
export interface AppAddress {
  readonly relay: string
  /** The relay's own pseudonym of the citizen: never a name or a number. */
  readonly recipient: string
}

const ADDRESS = /^([a-z][a-z0-9-]{0,31}):([A-Za-z0-9_-]{1,128})$/

/** Null where the text is not an address of this channel. */
export function parseAddress(address: string): AppAddress | null {
  const match = ADDRESS.exec(address)
  return match === null ? null : { relay: match[1] ?? '', recipient: match[2] ?? '' }
}
