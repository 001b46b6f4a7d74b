import type { Readable } from 'node:stream'
import { createTransport, type NodemailerError, type SendMailOptions } from 'nodemailer'
import { ProviderError } from '../../../domain/errors.ts'
import { classify } from './replies.ts'

const CONNECT_TIMEOUT_MS = 10_000
const SOCKET_TIMEOUT_MS = 30_000
const SEND_TIMEOUT_MS = 60_000
/** Idle connections close soon, so that a process that has nothing else to do can end. */
const IDLE_TIMEOUT_MS = 10_000

/** Sends one mail and answers the server's words of acceptance. @throws ProviderError. */
export type SendMail = (mail: SendMailOptions, signal: AbortSignal) => Promise<string>

/** A pool of connections to one SMTP server, opened when they are needed. */
export function createMailer(smtpUrl: string): SendMail {
  const transporter = createTransport({
    url: smtpUrl,
    pool: true,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    idleTimeout: IDLE_TIMEOUT_MS,
    // A notice is text: whatever it says, nothing is read from this machine or fetched for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // The client does not say how far a mail got before its connection broke. The stream it reads the message from does:
  // not a byte of it leaves before the server has agreed to take it.
  const streams = new WeakMap<AbortSignal, Readable>()
  transporter.use('stream', (mail, done) => {
    mail.message.processFunc((stream) => {
      if (mail.data.signal) streams.set(mail.data.signal, stream as Readable)
      return stream
    })
    done()
  })
  return async (mail, signal) => {
    const own = AbortSignal.any([signal, AbortSignal.timeout(SEND_TIMEOUT_MS)])
    try {
      const { response } = await transporter.sendMail({ ...mail, signal: own })
      return response
    } catch (error) {
      throw toProviderError(error, streams.get(own)?.readableDidRead ?? false)
    }
  }
}

/** Without the server's own words, and without a cause that has them: servers like to quote the citizen's address. */
function toProviderError(error: unknown, dataSent: boolean): ProviderError {
  const { code = 'UNKNOWN', originalCode, responseCode, response, command } = error as NodemailerError & { originalCode?: string }
  const { kind, code: ours } = classify({ code, systemCode: originalCode, reply: responseCode, command, dataSent })
  const enhanced = /^[0-9]{3}[ -]([245]\.[0-9]{1,3}\.[0-9]{1,3})/.exec(response ?? '')?.[1]
  const details = [originalCode ?? code, command, responseCode, enhanced].filter((detail) => detail !== undefined)
  return new ProviderError(kind, ours, `The mail was not accepted (${details.join(', ')}).`)
}
