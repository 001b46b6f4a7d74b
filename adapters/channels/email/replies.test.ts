import { describe, expect, it } from '@jest/globals'
import { classify, type SmtpFailure } from './replies.ts'

const failure = (code: string, more: Partial<SmtpFailure> = {}): SmtpFailure => ({
  code,
  systemCode: undefined,
  reply: undefined,
  command: undefined,
  dataSent: false,
  ...more,
})
const reply = (number: number, command: string, code = 'EENVELOPE', dataSent = false): SmtpFailure =>
  failure(code, { reply: number, command, dataSent })

describe('a mail that was not accepted', () => {
  it.each([
    // The citizen's address is refused: the next channel.
    [reply(550, 'RCPT TO'), 'permanent', 'recipient_refused'],
    [reply(553, 'RCPT TO'), 'permanent', 'recipient_refused'],
    [reply(552, 'RCPT TO'), 'permanent', 'recipient_refused'],
    [reply(554, 'DATA', 'EMESSAGE', true), 'permanent', 'message_refused'],
    [failure('EENVELOPE'), 'permanent', 'address_invalid'],
    // "Not now."
    [reply(450, 'RCPT TO'), 'temporary', 'smtp_deferred'],
    [reply(451, 'DATA', 'EMESSAGE', true), 'temporary', 'smtp_deferred'],
    [reply(452, 'MAIL FROM'), 'temporary', 'smtp_deferred'],
    [reply(421, 'CONN', 'ECONNECTION', true), 'temporary', 'smtp_deferred'],
    [reply(454, 'AUTH PLAIN', 'EAUTH'), 'temporary', 'smtp_deferred'],
    [reply(503, 'RCPT TO'), 'temporary', 'smtp_out_of_sequence'],
    // Our own set-up.
    [reply(535, 'AUTH PLAIN', 'EAUTH'), 'technical', 'smtp_auth_refused'],
    [reply(530, 'MAIL FROM'), 'technical', 'smtp_auth_refused'],
    [reply(530, 'RCPT TO'), 'technical', 'smtp_auth_refused'],
    [failure('EAUTH'), 'technical', 'smtp_auth_refused'],
    [reply(550, 'MAIL FROM'), 'technical', 'sender_refused'],
    [reply(554, 'CONN', 'EPROTOCOL'), 'technical', 'smtp_refused'],
    [failure('EDNS', { systemCode: 'ENOTFOUND' }), 'technical', 'smtp_host_unknown'],
    [failure('ETLS'), 'technical', 'smtp_misconfigured'],
    [failure('ECONFIG'), 'technical', 'smtp_misconfigured'],
    [failure('EMESSAGE', { command: 'MAIL FROM' }), 'technical', 'message_too_large'],
    // No answer at all: what matters is whether the message had gone out.
    [failure('ESOCKET', { systemCode: 'ECONNREFUSED' }), 'temporary', 'smtp_unreachable'],
    [failure('EDNS', { systemCode: 'EAI_AGAIN' }), 'temporary', 'smtp_unreachable'],
    [failure('ETIMEDOUT'), 'temporary', 'smtp_unreachable'],
    [failure('ECONNECTION'), 'temporary', 'smtp_unreachable'],
    [failure('EABORT'), 'temporary', 'smtp_unreachable'],
    [failure('ECONNECTION', { dataSent: true }), 'unknown', 'smtp_answer_lost'],
    [failure('ETIMEDOUT', { dataSent: true }), 'unknown', 'smtp_answer_lost'],
    [failure('ESOCKET', { dataSent: true }), 'unknown', 'smtp_answer_lost'],
    [failure('EABORT', { dataSent: true }), 'unknown', 'smtp_answer_lost'],
  ] as const)('%j is %s', (given, kind, code) => {
    expect(classify(given)).toEqual({ kind, code })
  })
})
