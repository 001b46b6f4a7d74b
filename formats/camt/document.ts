import { SaxesParser, type SaxesTagNS } from 'saxes'
import { invalid } from '../../domain/errors.ts'
import { malformed } from './malformed.ts'
import type { Node } from './node.ts'

/** A bank's files nest about 15 levels deep. */
const DEPTH_MAX = 64
/** Longest text of an element; the standard's longest is 500 characters. */
const TEXT_MAX = 64 * 1024
/** Elements of a head, a balance, a part or an entry without its parts. */
const NODES_MAX = 5_000
/** So much without the end of a tag or a text in it is no bank's file, and would fill the memory. */
const SILENCE_MAX = 1024 * 1024

/** What the elements of a document are told to; `path` is from the message's own element. */
export interface Handler {
  /** The message's element was found, with the namespace it is in. */
  begin(name: string, namespace: string, line: number): void
  /** Whether to `collect` an element whole, to look `into` it, or to `skip` it. */
  choose(path: readonly string[]): 'collect' | 'into' | 'skip'
  enter(path: readonly string[], line: number): void
  leave(path: readonly string[]): void
  collected(path: readonly string[], node: Node): void
}

/** Message elements by which a file of a bank is known, whatever it is wrapped in. Early drafts put a version behind them. */
const ROOTS = ['BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn']
const rootOf = (name: string): string | undefined =>
  ROOTS.find((root) => name === root || (name.startsWith(root) && /^V[0-9]{2}$/.test(name.slice(root.length))))

/**
 * Reads XML piece by piece and hands its elements on. No document type, so no entities of its own; no external thing is
 * ever looked at; depth and sizes are bounded.
 * @throws GojiError `statement_malformed`, naming the line.
 */
export class Document {
  readonly #parser = new SaxesParser({
    xmlns: true,
    position: true,
    // Some banks write `xsi:schemaLocation` and forget to say what `xsi` is.
    additionalNamespaces: { xsi: 'http://www.w3.org/2001/XMLSchema-instance' },
  })
  readonly #handler: Handler
  /** Open elements of the message that are looked into. */
  readonly #path: string[] = []
  /** The element that is being collected, and those open inside it. */
  readonly #open: Node[] = []
  #nodes = 0
  #depth = 0
  /** Open elements of a part that is skipped. */
  #skipping = 0
  #rootDepth = 0
  #namespace = ''
  #found = false
  #silence = 0
  /** The outermost element, to say what a foreign file is. */
  #outermost: string | undefined

  constructor(handler: Handler) {
    this.#handler = handler
    const parser = this.#parser
    parser.on('error', (error) => {
      // The parser's own words begin with the line and column.
      throw malformed(parser.line, `it is not well-formed XML (${error.message.replace(/^[0-9]+:[0-9]+: /, '').replace(/\.$/, '')})`)
    })
    parser.on('doctype', () => {
      throw malformed(parser.line, 'it has a document type (DTD), which is never taken')
    })
    parser.on('opentag', (tag) => this.#openTag(tag))
    parser.on('closetag', () => this.#closeTag())
    parser.on('text', (text) => this.#text(text))
    parser.on('cdata', (text) => this.#text(text))
  }

  write(text: string): void {
    this.#silence += text.length
    this.#parser.write(text)
    if (this.#silence > SILENCE_MAX) throw malformed(this.#parser.line, 'a tag or a text is over 1 MiB')
  }

  close(): void {
    if (this.#outermost === undefined && this.#silence === 0)
      throw invalid('statement_malformed', 'The file is empty. Hand it in as the bank sent it.')
    this.#parser.close()
    if (this.#found) return
    throw invalid(
      'statement_malformed',
      `This is no camt.053 statement and no camt.054 notification: its outermost element is "${this.#outermost?.slice(0, 40) ?? ''}" and it holds neither ${ROOTS.join(' nor ')}.`,
    )
  }

  #openTag(tag: SaxesTagNS): void {
    this.#silence = 0
    this.#depth += 1
    const { line } = this.#parser
    if (this.#depth > DEPTH_MAX) throw malformed(line, `its elements are nested more than ${DEPTH_MAX} deep`)
    this.#outermost ??= tag.local
    if (this.#skipping > 0) {
      this.#skipping += 1
      return
    }
    if (this.#rootDepth === 0) {
      const root = rootOf(tag.local)
      if (root !== undefined) this.#begin(root, tag, line)
      return
    }
    // What another namespace adds is the bank's own business.
    const isOurs = tag.uri === this.#namespace
    const choice = !isOurs ? 'skip' : this.#open.length > 0 ? 'collect' : this.#handler.choose([...this.#path, tag.local])
    if (choice === 'skip') this.#skipping = 1
    else if (choice === 'collect') this.#collect(tag, line)
    else {
      this.#path.push(tag.local)
      this.#handler.enter(this.#path, line)
    }
  }

  #begin(root: string, tag: SaxesTagNS, line: number): void {
    if (this.#found) throw malformed(line, 'a second message begins; hand in one file each')
    this.#found = true
    this.#rootDepth = this.#depth
    this.#namespace = tag.uri
    this.#handler.begin(root, tag.uri, line)
  }

  #collect(tag: SaxesTagNS, line: number): void {
    const currency = tag.attributes['Ccy']?.value.trim()
    const node: Node = { name: tag.local, line, currency: currency === '' ? undefined : currency, text: '', children: [] }
    const parent = this.#open.at(-1)
    this.#nodes = parent === undefined ? 1 : this.#nodes + 1
    if (this.#nodes > NODES_MAX) throw malformed(line, `an element has more than ${NODES_MAX} elements inside it`)
    parent?.children.push(node)
    this.#path.push(tag.local)
    this.#open.push(node)
  }

  #closeTag(): void {
    this.#silence = 0
    this.#depth -= 1
    if (this.#skipping > 0) {
      this.#skipping -= 1
      return
    }
    if (this.#rootDepth === 0) return
    if (this.#depth < this.#rootDepth) {
      this.#rootDepth = 0
      return
    }
    const node = this.#open.pop()
    if (node === undefined) this.#handler.leave(this.#path)
    else if (this.#open.length === 0) this.#handler.collected(this.#path, node)
    this.#path.pop()
  }

  #text(text: string): void {
    this.#silence = 0
    const node = this.#open.at(-1)
    if (node === undefined || this.#skipping > 0) return
    node.text += text
    if (node.text.length > TEXT_MAX) throw malformed(this.#parser.line, `the text of "${node.name}" is over ${TEXT_MAX} characters`)
  }
}
