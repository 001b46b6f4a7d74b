import type { ProviderFailureKind } from '../../../domain/errors.ts'

/** What is known of a mail that was not accepted. */
export interface SmtpFailure {
  /** The client's word for what went wrong: EAUTH, EENVELOPE, ECONNECTION, … */
  readonly code: string
  /** The system's own word underneath, such as ENOTFOUND. */
  readonly systemCode: string | undefined
  /** The server's three-digit reply, if there was one. */
  readonly reply: number | undefined
  /** The command that was answered: `MAIL FROM`, `RCPT TO`, `DATA`, … */
  readonly command: string | undefined
  /** Whether the message itself had begun to go out. */
  readonly dataSent: boolean
}

interface Row {
  readonly when: (failure: SmtpFailure) => boolean
  readonly kind: ProviderFailureKind
  readonly code: string
}

const refusedFor = (failure: SmtpFailure): boolean => failure.reply !== undefined && failure.reply >= 500
/** "Authentication required", "too weak" and "failed": wherever they come, our credentials are meant, not the citizen. */
const AUTH_REPLIES: ReadonlySet<number> = new Set([530, 534, 535, 538])

/** The first row that holds decides. A reply is always a definite answer; without one, it matters how far the mail got. */
const ROWS: readonly Row[] = [
  { when: ({ reply }) => reply === 503, kind: 'temporary', code: 'smtp_out_of_sequence' },
  { when: ({ reply }) => reply !== undefined && reply >= 400 && reply < 500, kind: 'temporary', code: 'smtp_deferred' },
  { when: ({ reply }) => AUTH_REPLIES.has(reply ?? 0), kind: 'technical', code: 'smtp_auth_refused' },
  { when: ({ code }) => ['EAUTH', 'ENOAUTH', 'EOAUTH2'].includes(code), kind: 'technical', code: 'smtp_auth_refused' },
  { when: (failure) => refusedFor(failure) && failure.command === 'RCPT TO', kind: 'permanent', code: 'recipient_refused' },
  { when: (failure) => refusedFor(failure) && failure.command === 'DATA', kind: 'permanent', code: 'message_refused' },
  { when: (failure) => refusedFor(failure) && failure.command === 'MAIL FROM', kind: 'technical', code: 'sender_refused' },
  { when: refusedFor, kind: 'technical', code: 'smtp_refused' },
  { when: ({ code, systemCode }) => code === 'EDNS' && systemCode === 'ENOTFOUND', kind: 'technical', code: 'smtp_host_unknown' },
  { when: ({ code }) => ['ETLS', 'EREQUIRETLS', 'ECONFIG', 'EPROXY'].includes(code), kind: 'technical', code: 'smtp_misconfigured' },
  { when: ({ code }) => code === 'EENVELOPE', kind: 'permanent', code: 'address_invalid' },
  { when: ({ code }) => code === 'EMESSAGE', kind: 'technical', code: 'message_too_large' },
  // The server may have taken the message and only its answer was lost.
  { when: ({ dataSent }) => dataSent, kind: 'unknown', code: 'smtp_answer_lost' },
  { when: () => true, kind: 'temporary', code: 'smtp_unreachable' },
]

export function classify(failure: SmtpFailure): { readonly kind: ProviderFailureKind; readonly code: string } {
  const row = ROWS.find(({ when }) => when(failure))
  if (!row) throw new Error('The last row of the table holds for everything.')
  return { kind: row.kind, code: row.code }
}
