/** Enough of an address to recognise one's own, too little to learn another's: `n***@example.kr`, `***0a`. */
export function maskAddress(address: string): string {
  const mail = /^(.).*(@[^@]+)$/su.exec(address)
  return mail ? `${mail[1] ?? ''}***${mail[2] ?? ''}` : `***${/.{5}(.{2})$/su.exec(address)?.[1] ?? ''}`
}
