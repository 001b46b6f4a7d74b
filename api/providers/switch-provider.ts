import { z } from 'zod'
import type { Tx } from '../../store/connection.ts'
import { type ProviderOrder, resumeProvider, stopProvider } from '../../store/providers/switch-provider.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import type { Endpoint } from '../endpoint.ts'
import { runOnce } from '../run-once.ts'
import { text } from '../../schemas/text.ts'
import { providerExample, providerParams, providerSchema, providerView, readProvider } from './provider-view.ts'

const order = z
  .strictObject({ reason: text(300).meta({ description: "Kept in the provider's log for good: no personal data." }) })
  .meta({ id: 'ProviderOrder' })

const switchProvider = (switched: {
  readonly verb: 'stop' | 'resume'
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly reasonExample: string
  readonly after: object
  readonly command: (tx: Tx, order: ProviderOrder, now: number) => Promise<void>
}): Endpoint =>
  defineEndpoint({
    method: 'post',
    path: `/v1/providers/{kind}/{name}/${switched.verb}`,
    operationId: switched.operationId,
    tag: 'Providers',
    summary: switched.summary,
    description: switched.description,
    consistency: 'strong',
    access: ['operator'],
    params: providerParams,
    body: order,
    bodyExample: { reason: switched.reasonExample },
    answers: { 200: { description: 'The provider after it.', schema: providerSchema, example: switched.after } },
    refusals: { 403: ['platform_key_needed'], 404: ['provider_not_found'], 422: ['card_number_refused', 'text_forbidden'] },
    handle: (call) => {
      const { root, caller, params, actor, now } = call
      assertPlatform(caller)
      return runOnce(call, async (tx) => {
        await readProvider(root, tx, params)
        await switched.command(tx, { ...params, reason: call.body.reason, actor }, now)
        return { status: 200, body: providerView(await readProvider(root, tx, params)) }
      })
    },
  })

export const stopProviderEndpoint = switchProvider({
  verb: 'stop',
  operationId: 'stopProvider',
  summary: 'Stop a channel or gateway',
  description:
    'No notice, payment page or refund order goes to it from now on, of test and of live bills. What it has already is asked for and finished; webhooks are taken. Sends and refunds wait, also over workers’ restarts. Stopping it again changes nothing.',
  reasonExample: 'Takes money twice',
  after: providerExample,
  command: stopProvider,
})

export const resumeProviderEndpoint = switchProvider({
  verb: 'resume',
  operationId: 'resumeProvider',
  summary: 'Let a channel or gateway go on',
  description: 'What waited goes on by itself, within ten minutes. Resuming what runs changes nothing.',
  reasonExample: 'They have mended it',
  after: { ...providerExample, stopped: null },
  command: resumeProvider,
})
