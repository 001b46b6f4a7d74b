import type { Adapters } from '../../composition/adapters.ts'
import { GojiError, invalid, ProviderError } from '../../domain/errors.ts'
import type { Channel, ChannelNotice } from '../../domain/ports/channel.ts'
import type { Gateway, GatewayNotice, SettlementFile } from '../../domain/ports/gateway.ts'
import { parseMoney } from '../../domain/money.ts'

const REPORTS = { app: 'read', email: 'accepted', paper: 'delivered' } as const

/** A webhook of these providers is signed when it says so: what signatures are worth is each adapter's own test. */
function read<Notice>(headers: Readonly<Record<string, string | undefined>>, body: Buffer): Notice {
  if (headers['x-signature'] !== 'good') throw new GojiError('unauthorized', 'signature_invalid', 'The signature is wrong.')
  const notice = JSON.parse(body.toString('utf8')) as { unknown?: boolean; behind?: boolean }
  if (notice.behind) throw new ProviderError('technical', 'status_unknown', 'The provider uses a status that is not known here.')
  if (notice.unknown) throw invalid('webhook_malformed', 'The content is not known.')
  return notice as Notice
}

const unused = (): never => {
  throw new ProviderError('technical', 'unused', 'the API calls no provider')
}

const channel = (name: keyof typeof REPORTS): Channel => ({
  name,
  repeat: 'idempotent',
  reports: REPORTS[name],
  needsAddress: name !== 'app',
  reachable: (address) => Promise.resolve(!address.includes('nowhere')),
  send: unused,
  receipt: unused,
  translate: (headers, body) => [read<ChannelNotice>(headers, body)],
  ...(name === 'paper' ? { readReports } : {}),
})

/** Files of this channel are JSON: a list of its news. */
function readReports(text: string): ChannelNotice[] {
  if (!text.startsWith('[')) throw invalid('report_malformed', 'Line 1 of the file is wrong.')
  return (JSON.parse(text) as ChannelNotice[]).map((notice) => ({ ...notice, body: Buffer.from(JSON.stringify(notice)) }))
}

interface Line {
  readonly line: string
  readonly kind: 'payment' | 'refund'
  readonly reference: string
  readonly gross: string
  readonly fee: string
  readonly net: string
}

/** Files of this gateway are JSON: a name and lines in won. */
function parseSettlement(text: string): SettlementFile {
  const { name, lines } = (text.startsWith('{') ? JSON.parse(text) : {}) as { name?: string; lines?: Line[] }
  if (name === undefined || lines === undefined) throw invalid('statement_malformed', 'Line 1 of the settlement file is wrong.', '/lines/1')
  const won = (amount: string): ReturnType<typeof parseMoney> => parseMoney({ amount, currency: 'KRW' })
  return {
    name,
    lines: lines.map(({ line, kind, reference, gross, fee, net }) => ({
      lineReference: line,
      kind,
      reference,
      gross: won(gross),
      fee: won(fee),
      net: won(net),
      settledAt: Date.parse('2026-11-25T00:00:00Z'),
    })),
  }
}

const gateway = (name: string): Gateway => ({
  name,
  repeat: { capture: 'idempotent', refund: 'idempotent' },
  openSession: unused,
  payment: unused,
  capture: unused,
  cancel: unused,
  refund: unused,
  refundReport: unused,
  settlementFiles: unused,
  settlementFile: unused,
  parseSettlement,
  translate: (headers, body) => read<GatewayNotice>(headers, body),
})

export const fakeAdapters: Adapters = {
  channel: (name) => channel(name as keyof typeof REPORTS),
  gateway,
  channelNames: Object.keys(REPORTS),
  gatewayNames: ['test', 'other'],
  transferGateway: 'other',
}
