import { SMTPServer } from 'smtp-server'
import type { Letters } from './letters.ts'

/** Larger letters are refused, as a real server does. */
const MAX_BYTES = 10 * 1024 * 1024

/** Takes every letter for everybody, without login and without encryption: it listens on this machine only. */
export function createSmtp(letters: Letters): SMTPServer {
  return new SMTPServer({
    size: MAX_BYTES,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.once('end', () => {
        if (stream.sizeExceeded) {
          callback(Object.assign(new Error('The letter is too large.'), { responseCode: 552 }))
          return
        }
        const to = session.envelope.rcptTo.map(({ address }) => address)
        // Answered once it is in the journal, so that the journal holds at least every confirmed letter.
        letters.add(Buffer.concat(chunks), to, new Date()).then(
          () => callback(),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
        )
      })
    },
  })
}
