import { z } from 'zod'
import type { ChannelReceipt } from '../../../domain/ports/channel.ts'
import { meaningOf } from './statuses.ts'

/**
 * What a relay says of one delivery, in its answers and in its webhooks alike. Fields beyond these are ignored, so that a
 * relay may add some; the status stays a plain string here, because an unknown word has an error of its own.
 */
export const deliveryReport = z.object({
  key: z.string().min(1).max(200),
  reference: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/),
  status: z.string().max(40),
  code: z
    .string()
    .regex(/^[a-z0-9_]{1,64}$/)
    .optional(),
  at: z.iso.datetime({ offset: true }),
})
export type DeliveryReport = z.infer<typeof deliveryReport>

export const reachabilityReport = z.object({ known: z.boolean(), consented: z.boolean() })

export const errorReport = z.object({ code: z.string().regex(/^[a-z0-9_]{1,64}$/) })

/**
 * The receipt of a report; its reference starts with the relay's name, so that references of two relays never meet.
 * @throws ProviderError technical `status_unknown`.
 */
export function receiptOf(relay: string, report: DeliveryReport): ChannelReceipt {
  const meaning = meaningOf(report.status)
  const common = { at: Date.parse(report.at), reference: `${relay}:${report.reference}` }
  return meaning.level === 'failed'
    ? { ...meaning, code: report.code ?? report.status.replaceAll('-', '_'), ...common }
    : { ...meaning, ...common }
}
