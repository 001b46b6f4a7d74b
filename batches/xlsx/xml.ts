import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'

/** What a reader of a part is told, in order. Names come without their namespace's prefix. */
export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/** Deeper than any part of a workbook. */
const DEPTH_MAX = 64
/** So much without the end of a tag or a text in it is no workbook, and would fill the memory: a few bytes unpack to it. */
const SILENCE_MAX = 1024 * 1024
/** Excel takes 32,767 characters in a cell. */
const TEXT_MAX = 100_000

/** A text and what is added to it. @throws Error where it is longer than any cell may be. */
export function grown(text: string, more: string): string {
  if (text.length + more.length > TEXT_MAX) throw new Error(`it has a text of more than ${TEXT_MAX} characters`)
  return text + more
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Reads XML in pieces and rests after each, so that whoever listens can take what has come so far. A document type is
 * refused: no workbook has one, and entities are made there. Depth and sizes are bounded.
 * @throws Error where it is not XML.
 */
export async function* readXml(stream: Readable, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false })
  let failure: Error | undefined
  const fail = (error: Error): void => void (failure ??= error)
  parser.on('error', fail)
  parser.on('doctype', () => fail(new Error('it has a document type')))
  let depth = 0
  let silence = 0
  const heard =
    <Args extends unknown[]>(tell: (...args: Args) => void) =>
    (...args: Args): void => {
      silence = 0
      if (!failure) tell(...args)
    }
  parser.on(
    'opentag',
    heard(({ name, attributes }) => {
      depth += 1
      if (depth > DEPTH_MAX) fail(new Error(`it is nested more than ${DEPTH_MAX} deep`))
      else events.open?.(local(name), attributes)
    }),
  )
  parser.on(
    'closetag',
    heard(({ name }) => {
      depth -= 1
      events.close?.(local(name))
    }),
  )
  const text = heard((piece: string) => events.text?.(piece))
  parser.on('text', text)
  parser.on('cdata', text)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    silence += chunk.length
    parser.write(decoder.decode(chunk, { stream: true }))
    if (silence > SILENCE_MAX) fail(new Error(`it has more than ${SILENCE_MAX >> 20} MiB without the end of a tag`))
    if (failure) throw failure
    yield
  }
  parser.write(decoder.decode()).close()
  if (failure) throw failure
}

/** Reads a part to its end. */
export async function readWhole(stream: Readable, events: XmlEvents): Promise<void> {
  const pieces = readXml(stream, events)
  while (!(await pieces.next()).done);
}
