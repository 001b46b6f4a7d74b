import { type Command, Option } from 'commander'
import type { Answer, Schemas } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { eventsCommand } from '../shape/events-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { listCommand } from '../shape/list-command.ts'

type Provider = Schemas['Provider']

const SAMPLE = 'gateway:cards'
const PROVIDER = ['provider', `its kind and name, such as ${SAMPLE}`] as const

/** @throws GojiError `provider_malformed`. */
function pathOf(word: string): { kind: 'channel' | 'gateway'; name: string } {
  const [, kind, name] = /^(channel|gateway)[:/]([^:/]+)$/.exec(word) ?? []
  if (kind === undefined || name === undefined)
    throw invalid('provider_malformed', `A provider is named by kind and name, such as ${SAMPLE}. "goji providers list" shows them.`)
  return { kind: kind as 'channel' | 'gateway', name }
}

const standing = ({ stopped }: Provider): string => (stopped === null ? 'runs' : `stopped ${stopped.since}: ${stopped.reason}`)

const list = (): Command =>
  listCommand<Provider, { readonly stopped?: true }>({
    description: 'List channels and gateways, and which of them are stopped.',
    filters: (command) => command.option('--stopped', 'only those that are stopped'),
    rows: (goji, { stopped, limit }) => goji.list('/v1/providers', { query: { stopped: stopped ? 'true' : undefined }, limit }),
    limit: 100,
    columns: [
      { title: 'provider', value: ({ kind, name }) => `${kind}:${name}` },
      { title: 'has settings', value: ({ configured }) => (configured ? 'yes' : 'no') },
      { title: 'stands', value: standing },
    ],
    keyOf: ({ kind, name }) => `${kind}:${name}`,
    examples: ['goji providers list', 'goji providers list --stopped'],
  })

const providerText = (provider: Provider): string =>
  facts([
    ['provider', `${provider.kind}:${provider.name}`],
    ['has settings', provider.configured ? 'yes' : 'no'],
    ['stands', standing(provider)],
    ['by', provider.stopped?.by ?? '-'],
  ])

const get = (): Command =>
  getCommand<Provider>({
    description: 'Show a channel or gateway.',
    argument: PROVIDER,
    read: (goji, word) => goji.get('/v1/providers/{kind}/{name}', { path: pathOf(word) }),
    text: providerText,
    examples: [`goji providers get ${SAMPLE}`],
  })

const events = (): Command =>
  eventsCommand({
    description: 'Show who stopped and resumed a channel or gateway, when and why.',
    argument: PROVIDER,
    rows: (goji, word, limit) => goji.list('/v1/providers/{kind}/{name}/events', { path: pathOf(word), limit }),
    examples: [`goji providers events ${SAMPLE}`],
  })

/** A reason, and what tells one order from the same one an hour later: a provider may be stopped many times. */
const withReason = (command: Command): Command =>
  command
    .addOption(new Option('--reason <words>', 'kept in its log for good: no personal data').makeOptionMandatory())
    .addOption(new Option('--occasion <words>', 'tells this order from one that was given before').default(new Date().toISOString(), 'now'))

interface OrderFlags {
  readonly reason: string
  readonly occasion: string
}

const stop = (): Command =>
  doCommand<Answer<'/v1/providers/{kind}/{name}/stop', 'post'>, OrderFlags>({
    name: 'stop',
    description: 'Let nothing new go to a channel or gateway. What it has already is asked for and finished.',
    arguments: [PROVIDER],
    options: withReason,
    work: (goji, { reason, occasion }, word = '') =>
      goji.post('/v1/providers/{kind}/{name}/stop', { path: pathOf(word), body: { reason }, occasion }),
    text: providerText,
    examples: [`goji providers stop ${SAMPLE} --reason "Takes money twice"`],
  })

const resume = (): Command =>
  doCommand<Answer<'/v1/providers/{kind}/{name}/resume', 'post'>, OrderFlags>({
    name: 'resume',
    description: 'Let a channel or gateway go on. What waited goes on by itself, within ten minutes.',
    arguments: [PROVIDER],
    options: withReason,
    work: (goji, { reason, occasion }, word = '') =>
      goji.post('/v1/providers/{kind}/{name}/resume', { path: pathOf(word), body: { reason }, occasion }),
    text: providerText,
    examples: [`goji providers resume ${SAMPLE} --reason "They have mended it"`],
  })

export const providerCommands = (): Command[] => [list(), get(), events(), stop(), resume()]
