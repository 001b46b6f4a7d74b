/** Enough of a file to see what it is. */
const PEEK_BYTES = 1024

export interface Peeked {
  /** Whether it begins like XML, in whatever encoding; anything else is a gateway's text. */
  readonly isXml: boolean
  /** The whole file, what was looked at included. */
  readonly chunks: AsyncIterable<Buffer>
}

/** Looks at the beginning of a file that is read once. An empty file counts as XML: both readers say that it is empty. */
export async function peek(source: AsyncIterable<Buffer>): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  const seen: Buffer[] = []
  let size = 0
  while (size < PEEK_BYTES) {
    const next = await iterator.next()
    if (next.done === true) break
    seen.push(next.value)
    size += next.value.length
  }
  const begins = Buffer.concat(seen)
    .toString('latin1', 0, PEEK_BYTES)
    .replace(/^[\xef\xbb\xbf\xfe\xff]{0,3}[\s\0]*/, '')
  return { isXml: begins === '' || begins.startsWith('<'), chunks: rest(seen, iterator) }
}

async function* rest(seen: readonly Buffer[], iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* seen
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
}
