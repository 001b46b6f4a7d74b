import { unescape } from '../../kit/escape.ts'
import { adapter } from './index.ts'
import { findMailpit, startMailpit } from './mailpit.ts'
import { messageIdOf } from './message.ts'
import { startSmtpProxy } from './smtp-proxy.ts'

const FROM = 'bills@goji.example'
const CHAOS = {
  temporary: { on: 'Recipient', code: 451 },
  permanent: { on: 'Recipient', code: 550 },
  technical: { on: 'Sender', code: 550 },
} as const

export const abilities = ['shows', 'fails', 'losesAnswers'] as const

export const unavailable = (): string | null => (findMailpit() === null ? 'there is no mailpit on the PATH or in ~/.cache/goji/bin' : null)

/** A real mail server behind a line that can be cut (`test/contract/channel-harness.ts` says what is expected). */
export async function startHarness() {
  const program = findMailpit()
  if (program === null) throw new Error('Mailpit is not installed.')
  const mailpit = await startMailpit(program)
  const proxy = await startSmtpProxy(mailpit.smtpPort)
  const address = 'citizen@example.com'
  return {
    channel: adapter.create({ EMAIL_SMTP_URL: `smtp://goji:password@127.0.0.1:${proxy.port}`, EMAIL_FROM: FROM }),
    address,
    unreachable: [
      { why: 'it has no domain', address: 'citizen' },
      { why: 'it would end a header line', address: 'citizen@example.com\r\nBcc: everybody@example.com' },
      { why: 'it names two citizens', address: 'citizen@example.com,other@example.com' },
    ],
    driver: {
      shown: async (key: string) =>
        (await mailpit.mails(messageIdOf(key, FROM))).map(({ messageId, subject, html }) => ({
          messageId,
          text: `${subject}\n${textOf(html)}`,
        })),
      async fail(kind: keyof typeof CHAOS) {
        await mailpit.chaos(CHAOS[kind])
        return address
      },
      heal: () => mailpit.chaos(null),
      loseAnswer: () => Promise.resolve(proxy.loseNextAnswer()),
    },
    mailpit,
    async stop() {
      await proxy.stop()
      await mailpit.stop()
    },
  }
}

const textOf = (html: string): string => unescape(html.replace(/<(head)[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' '))
