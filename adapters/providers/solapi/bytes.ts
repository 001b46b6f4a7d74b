/** How long a text is for the carriers, which count in EUC-KR: a byte for each of ASCII, two for everything else. */
export const carrierBytes = (text: string): number => [...text].reduce((sum, character) => sum + (character < '\u0080' ? 1 : 2), 0)

/** The beginning of a text that fits into so many carrier bytes, with an ellipsis where something is left out. */
export function shortened(text: string, bytes: number): string {
  if (carrierBytes(text) <= bytes) return text
  let left = bytes - 2
  let kept = ''
  for (const character of text) {
    left -= carrierBytes(character)
    if (left < 0) break
    kept += character
  }
  return `${kept}…`
}
