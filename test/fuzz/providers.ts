import { z } from 'zod'
import { GojiError, invalid } from '../../domain/errors.ts'
import { parseMoney } from '../../domain/money.ts'
import type { ChannelNotice } from '../../domain/ports/channel.ts'
import type { GatewayNotice, RefundReport, SettlementFile } from '../../domain/ports/gateway.ts'
import { FakeChannel } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'

/** What the webhooks of these providers have to bring with them. */
export const SIGNATURE = 'good'

const text = z.string().min(1).max(200)
const level = z.enum(['accepted', 'delivered', 'read'])
export const channelNews = z.strictObject({ eventId: text, key: text, level })
export const gatewayNews = z.strictObject({ eventId: text, subject: z.enum(['payment', 'refund']), key: text })
const money = z.strictObject({ amount: z.string(), currency: z.string() })
const settlement = z.strictObject({
  name: text,
  lines: z.array(
    z.strictObject({ line: text, kind: z.enum(['payment', 'refund']), reference: text, gross: money, fee: money, net: money }),
  ),
})

/** Reads outside text as an adapter has to: what is not understood is refused in our own words. */
function read<Value>(schema: z.ZodType<Value>, content: string, code: string): Value {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    throw invalid(code, 'The file is not JSON.')
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw invalid(code, 'The file is not what was agreed.')
  return parsed.data
}

function assertSigned(headers: Readonly<Record<string, string | undefined>>): void {
  if (headers['x-signature'] !== SIGNATURE) throw new GojiError('unauthorized', 'signature_invalid', 'The signature is wrong.')
}

/** A channel that delivers at once, has webhooks, and takes files of receipts. */
export class OpenChannel extends FakeChannel {
  override translate = ((headers: Readonly<Record<string, string | undefined>>, body: Buffer, now: number): ChannelNotice[] => {
    assertSigned(headers)
    const { level: reached, ...news } = read(channelNews, body.toString('utf8'), 'webhook_malformed')
    return [{ ...news, receipt: { level: reached, at: now, reference: news.key } }]
  }) as never

  readReports = (content: string, now: number): ChannelNotice[] =>
    read(z.array(channelNews), content, 'report_malformed').map(({ level: reached, ...news }) => ({
      ...news,
      receipt: { level: reached, at: now, reference: news.key },
      body: Buffer.from(JSON.stringify(news)),
    }))
}

/** A gateway that has webhooks and files, and whose refunds all need an account of the citizen. */
export class OpenGateway extends FakeGateway {
  override refund = async (): Promise<RefundReport> => ({ status: 'failed', code: 'account_closed' })

  override parseSettlement = ((content: string): SettlementFile => {
    const { name, lines } = read(settlement, content, 'statement_malformed')
    return {
      name,
      lines: lines.map(({ line, gross, fee, net, ...rest }) => ({
        ...rest,
        lineReference: line,
        gross: parseMoney(gross),
        fee: parseMoney(fee),
        net: parseMoney(net),
        settledAt: Date.parse('2026-11-25T00:00:00Z'),
      })),
    }
  }) as never

  override translate = ((headers: Readonly<Record<string, string | undefined>>, body: Buffer): GatewayNotice => {
    assertSigned(headers)
    return read(gatewayNews, body.toString('utf8'), 'webhook_malformed')
  }) as never
}
