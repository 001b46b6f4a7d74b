import { SMTPServer } from 'smtp-server'
import type { Faults } from './faults.ts'
import type { Letters } from './letters.ts'

/** Larger letters are refused, as a real server does. */
const MAX_BYTES = 10 * 1024 * 1024
/** Longer than anybody likes to wait, shorter than the client's patience. */
const SLOW_MS = 4_000

/** Takes every letter for everybody, without login and without encryption: it listens on this machine only. */
export function createSmtp(letters: Letters, faults: Faults): SMTPServer {
  const server = new SMTPServer({
    size: MAX_BYTES,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo(_address, _session, callback) {
      if (faults.meet('defer')) callback(Object.assign(new Error('Come again later.'), { responseCode: 451 }))
      else if (faults.meet('slow')) setTimeout(callback, SLOW_MS)
      else callback()
    },
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
          () => {
            // The letter is here, and whoever sent it will never know.
            if (faults.meet('loseAnswer')) hangUp(session.id)
            else callback()
          },
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
        )
      })
    },
  })
  function hangUp(id: string): void {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy()
  }
  return server
}
