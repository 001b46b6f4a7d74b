import { type Command, Option } from 'commander'
import type { Answer, Schemas } from '../../client/index.ts'
import { EVENT_TYPES } from '../../domain/events.ts'
import { invalid } from '../../domain/errors.ts'
import { whole } from '../options.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { type InstitutionFlag, theInstitution, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'
import { type Endpoint, endpointText, healthOf, pendingOf, secretText } from './webhooks-text.ts'

const SAMPLE = 'whe_01hfz3k9q4m7v2x8c5t6w0r3en'
const EVENT = 'evt_01hfz3k9q4m7v2x8c5t6w0r3en'
const ID = ['id', `the endpoint, such as ${SAMPLE}`] as const

const list = (): Command =>
  listCommand<Endpoint>({
    description: "List the addresses that institutions' events are sent to, with what waits there.",
    rows: (goji, { limit }) => goji.list('/v1/webhook-endpoints', { limit }),
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'url', value: ({ url }) => url },
      { title: 'state', value: healthOf },
      { title: 'not delivered', value: pendingOf },
      { title: 'last error', value: ({ lastError }) => lastError ?? '-' },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji webhooks list'],
  })

const get = (): Command =>
  getCommand<Endpoint>({
    description: 'Show an endpoint: how it does, how much waits there and since when.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/webhook-endpoints/{id}', { path: { id } }),
    text: endpointText,
    examples: [`goji webhooks get ${SAMPLE}`],
  })

const attempts = (): Command =>
  listCommand<Schemas['WebhookAttempt'], { readonly event?: string }>({
    name: 'attempts',
    description: 'List the calls to an endpoint, the newest first.',
    argument: ID,
    filters: (command) => command.option('--event <id>', 'of one event'),
    rows: (goji, { event, limit }, id) => goji.list('/v1/webhook-endpoints/{id}/attempts', { path: { id }, query: { event }, limit }),
    columns: [
      { title: 'at', value: ({ at }) => at },
      { title: 'event', value: ({ event }) => event },
      { title: 'type', value: ({ type }) => type },
      { title: 'attempt', value: ({ attempt }) => String(attempt), right: true },
      { title: 'status', value: ({ status }) => String(status ?? '-'), right: true },
      { title: 'ms', value: ({ ms }) => String(ms ?? '-'), right: true },
      { title: 'error', value: ({ error, ms }) => error ?? (ms === null ? 'under way' : '-') },
    ],
    keyOf: ({ event, attempt }) => `${event} ${attempt}`,
    examples: [`goji webhooks attempts ${SAMPLE}`, `goji webhooks attempts ${SAMPLE} --event ${EVENT}`],
  })

/** Tells an order from an earlier one, so that a repeated command does nothing twice. */
const withOccasion = (command: Command): Command =>
  command.addOption(
    new Option('--occasion <words>', 'tells this order from one that was given before').default(new Date().toISOString(), 'now'),
  )

interface CreateFlags extends InstitutionFlag {
  readonly events?: (typeof EVENT_TYPES)[number][]
  readonly description: string
  readonly occasion: string
}

const create = (): Command =>
  doCommand<Answer<'/v1/webhook-endpoints', 'post'>, CreateFlags>({
    name: 'create',
    description: "Have an institution's events sent to an address, and show the secret that signs them, this once.",
    arguments: [['url', 'where they go: HTTPS on the public Internet']],
    options: (command) =>
      withOccasion(
        withInstitution(command)
          .addOption(new Option('--events <type...>', 'only these; all where nothing is said').choices(EVENT_TYPES))
          .option('--description <text>', 'for the people who look after it', 'made by goji'),
      ),
    work: async (goji, flags, url = '') => {
      const { description, events, occasion } = flags
      const body = { url, description, events, institution: await theInstitution(goji, flags) }
      return goji.post('/v1/webhook-endpoints', { body, occasion })
    },
    text: (made) => `${endpointText(made)}\n${secretText(made.secret)}`,
    examples: ['goji webhooks create https://city.example/goji --events bill.paid bill.settled'],
  })

interface Occasion {
  readonly occasion: string
}

const rotate = (): Command =>
  doCommand<Answer<'/v1/webhook-endpoints/{id}/rotate-secret', 'post'>, Occasion & { readonly overlap: number }>({
    name: 'rotate',
    description: 'Give an endpoint a new secret; for a time both sign.',
    arguments: [ID],
    options: (command) =>
      withOccasion(command).option('--overlap <hours>', 'how long the old one goes on; 0 ends it now', whole(0, 168), 24),
    work: (goji, { overlap, occasion }, id = '') =>
      goji.post('/v1/webhook-endpoints/{id}/rotate-secret', { path: { id }, body: { overlapHours: overlap }, occasion }),
    text: ({ oldUntil, secret }) => `${secretText(secret)}\nThe old one signs too until ${oldUntil}.`,
    examples: [`goji webhooks rotate ${SAMPLE}`, `goji webhooks rotate ${SAMPLE} --overlap 0`],
  })

const test = (): Command =>
  doCommand<Schemas['WebhookPing'], Occasion>({
    name: 'test',
    description: 'Send a ping to an endpoint and show what it answers.',
    arguments: [ID],
    options: withOccasion,
    work: (goji, { occasion }, id = '') => goji.post('/v1/webhook-endpoints/{id}/test', { path: { id }, body: {}, occasion }),
    text: ({ error, status, ms, answer }) =>
      facts([
        ['result', error ?? 'delivered'],
        ['status', String(status ?? '-')],
        ['took', `${ms ?? 0} ms`],
        ['answer', answer ?? '-'],
      ]),
    examples: [`goji webhooks test ${SAMPLE}`],
  })

const redeliver = (): Command =>
  doCommand<Endpoint, Occasion & { readonly event?: string; readonly since?: string }>({
    name: 'redeliver',
    description: 'Send one event again, or everything since a time, also what was before the endpoint.',
    arguments: [ID],
    options: (command) =>
      withOccasion(command)
        .option('--event <id>', 'one event')
        .option('--since <time>', 'everything since then, such as 2026-11-24T00:00:00+09:00'),
    work: (goji, { event, since, occasion }, id = '') => {
      if ((event === undefined) === (since === undefined))
        throw invalid('redelivery_unclear', 'Name either one event with --event, or a time with --since.')
      return goji.post('/v1/webhook-endpoints/{id}/redeliver', { path: { id }, body: { event, since }, occasion })
    },
    text: endpointText,
    examples: [`goji webhooks redeliver ${SAMPLE} --since 2026-11-24T00:00:00+09:00`],
  })

const turn = (verb: 'enable' | 'disable', description: string): Command =>
  doCommand<Endpoint, Occasion>({
    name: verb,
    description,
    arguments: [ID],
    options: withOccasion,
    work: (goji, { occasion }, id = '') => goji.post(`/v1/webhook-endpoints/{id}/${verb}`, { path: { id }, body: {}, occasion }),
    text: endpointText,
    examples: [`goji webhooks ${verb} ${SAMPLE}`],
  })

const enable = (): Command => turn('enable', 'Go on sending to an endpoint, with everything that happened meanwhile.')
const disable = (): Command => turn('disable', 'Send nothing to an endpoint for now; nothing is lost.')

export const webhookCommands = (): Command[] => [list(), get(), create(), attempts(), test(), redeliver(), rotate(), disable(), enable()]
