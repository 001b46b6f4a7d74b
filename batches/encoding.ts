import { bytesOf, type TableFile } from './table-file.ts'

/** What a mapping may say of a file's text. `auto` is the rule of `detectEncoding`; EUC-KR is the older part of CP949. */
export const ENCODINGS = ['auto', 'utf-8', 'cp949', 'euc-kr'] as const
export type Encoding = (typeof ENCODINGS)[number]
export type KnownEncoding = 'utf-8' | 'cp949'

/**
 * A file that is UTF-8 from its first byte to its last is taken as UTF-8, any other as CP949, whose reader then refuses
 * what is not CP949 either. Korean text in CP949 is never valid UTF-8 beyond a few chance characters, so the rule needs no
 * guess by frequency. It reads the whole file once.
 */
export async function detectEncoding(file: TableFile): Promise<KnownEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    for await (const chunk of bytesOf(file)) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'cp949'
    throw error
  }
}

export const encodingOf = (file: TableFile, stated: Encoding): Promise<KnownEncoding> =>
  stated === 'auto' ? detectEncoding(file) : Promise.resolve(stated === 'utf-8' ? 'utf-8' : 'cp949')
