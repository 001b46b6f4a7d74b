/** Enough of an address to recognise one's own, too little to learn another's: `n***@example.kr`, `***0a`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const characters = [...(at > 0 ? address.slice(0, at) : address)]
  return at > 0 ? `${characters[0] ?? ''}***${address.slice(at)}` : `***${characters.length > 6 ? characters.slice(-2).join('') : ''}`
}
