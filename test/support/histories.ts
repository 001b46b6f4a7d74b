/**
 * Everything that a history, a description or any other answer of Temporal says, in lines: names, texts, and payloads in
 * clear. It walks the messages themselves, as `JSON.stringify` makes base64 of their bytes, in which nothing is found.
 */
export const wordsOf = (answer: unknown): string => textsIn(answer).join('\n')

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (ArrayBuffer.isView(value)) return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)])
}
