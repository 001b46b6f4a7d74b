import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'

/** What a reader of a part is told, in order. Names come without their namespace's prefix. */
export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Reads XML in pieces and rests after each, so that whoever listens can take what has come so far. A document type is
 * refused: no workbook has one, and entities are made there.
 * @throws Error where it is not XML.
 */
export async function* readXml(stream: Readable, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false })
  let failure: Error | undefined
  const fail = (error: Error): void => void (failure ??= error)
  parser.on('error', fail)
  parser.on('doctype', () => fail(new Error('it has a document type')))
  parser.on('opentag', ({ name, attributes }) => {
    events.open?.(local(name), attributes)
  })
  parser.on('closetag', ({ name }) => events.close?.(local(name)))
  parser.on('text', (text) => events.text?.(text))
  parser.on('cdata', (text) => events.text?.(text))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    parser.write(decoder.decode(chunk, { stream: true }))
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
