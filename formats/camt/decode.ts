import iconv from 'iconv-lite'
import { invalid } from '../../domain/errors.ts'

/** Enough for the declaration that names the encoding. */
const DECLARATION_BYTES = 256
/** A parser that is fed small pieces never holds much of a file at once. */
const PIECE_BYTES = 64 * 1024

/** Encodings that banks use; others, UTF-7 among them, hide markup from whoever looks at the bytes. */
const ENCODINGS =
  /^(utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso[-_]?8859-?\d{1,2}|latin-?1|windows-?125\d|cp125\d|euc-kr|cp949|ks_c_5601-1987)$/i
const UNICODE = /^utf-?(8|16)/i

/**
 * The text of a file that says its encoding itself, piece by piece: by a byte order mark, else by the XML declaration,
 * else it is UTF-8.
 * @throws GojiError `statement_malformed` where bytes are not of that encoding, or where it is one that no bank uses.
 */
export async function* decode(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  let head: Buffer = Buffer.alloc(0)
  let decoder: Decoder | undefined
  for await (const chunk of chunks) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (decoder === undefined) {
      head = Buffer.concat([head, bytes])
      if (head.length < DECLARATION_BYTES) continue
      decoder = decoderOf(encodingOf(head))
      bytes = head
    }
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) yield decoder.write(bytes.subarray(start, start + PIECE_BYTES))
  }
  if (decoder === undefined) {
    decoder = decoderOf(encodingOf(head))
    yield decoder.write(head)
  }
  yield decoder.end()
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  // Without a mark, the first character of a document is "<".
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le'
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be'
  const declared = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head.toString('latin1'))?.[1]
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  return declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared
}

interface Decoder {
  write(bytes: Buffer): string
  end(): string
}

function decoderOf(encoding: string): Decoder {
  if (!ENCODINGS.test(encoding) || !(UNICODE.test(encoding) || iconv.encodingExists(encoding)))
    throw invalid('statement_malformed', `The encoding "${encoding}" is not taken. Ask for the file in UTF-8.`)
  if (!UNICODE.test(encoding)) {
    const legacy = iconv.getDecoder(encoding)
    return { write: (bytes) => legacy.write(bytes), end: () => legacy.end() ?? '' }
  }
  const unicode = new TextDecoder(encoding, { fatal: true })
  const checked = (work: () => string): string => {
    try {
      return work()
    } catch {
      throw invalid('statement_malformed', `The file has bytes that are not ${encoding.toUpperCase()}. Hand it in as the bank sent it.`)
    }
  }
  return { write: (bytes) => checked(() => unicode.decode(bytes, { stream: true })), end: () => checked(() => unicode.decode()) }
}
