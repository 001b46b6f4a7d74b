import { type Command, Option } from 'commander'
import type { Answer, Schemas } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { eventsCommand } from '../shape/events-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { type InstitutionFlag, institutionId, theInstitution, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'
import { KEY_SCOPES } from '../../schemas/key-scopes.ts'

type Key = Schemas['KnownApiKey']

const ID = ['id', 'the key, such as key_01hfz3k9q4m7v2x8c5t6w0r3en'] as const

function standing({ revokedAt, expiresAt }: Key): string {
  if (revokedAt !== null) return `ended ${revokedAt}`
  if (expiresAt === null) return 'in force'
  return Date.parse(expiresAt) <= Date.now() ? `expired ${expiresAt}` : `until ${expiresAt}`
}

interface KeyFilters extends InstitutionFlag {
  readonly inForce?: boolean
  readonly ended?: boolean
}

const list = (): Command =>
  listCommand<Key, KeyFilters>({
    description: 'List keys, the newest first. Their secrets were shown once and are nowhere.',
    filters: (command) =>
      withInstitution(command, 'only those of one: its id, short name or name')
        .option('--in-force', 'those that may be used now')
        .option('--ended', 'those that were ended or ran out'),
    rows: async (goji, { institution, inForce, ended, limit }) => {
      if (inForce && ended) throw invalid('option_alone', 'A key is in force or it is not: give --in-force or --ended.')
      const query = {
        institution: institution === undefined ? undefined : await institutionId(goji, institution),
        inForce: inForce ? ('true' as const) : ended ? ('false' as const) : undefined,
      }
      return goji.list('/v1/keys', { query, limit })
    },
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'institution', value: ({ institution }) => institution ?? 'platform' },
      { title: 'begins', value: ({ begins }) => `${begins}…` },
      { title: 'may', value: ({ scopes }) => scopes.join(' ') },
      { title: 'stands', value: standing },
      { title: 'last used', value: ({ lastUsedAt }) => lastUsedAt ?? 'never' },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji keys list --institution hanbyeol-tax --in-force'],
  })

const get = (): Command =>
  getCommand<Key>({
    description: 'Show a key: whose it is and what it may do, never its secret.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/keys/{id}', { path: { id } }),
    text: (key) =>
      facts([
        ['key', key.id],
        ['institution', key.institution ?? 'platform'],
        ['mode', key.mode],
        ['begins', `${key.begins}…`],
        ['may', key.scopes.join(' ')],
        ['made', key.createdAt],
        ['stands', standing(key)],
        ['last used', key.lastUsedAt ?? 'never'],
      ]),
    examples: ['goji keys get key_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

const events = (): Command =>
  eventsCommand({
    description: "Show a key's log: when it was made and when it was ended, and by whom.",
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/keys/{id}/events', { path: { id }, limit }),
    examples: ['goji keys events key_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

type Scope = (typeof KEY_SCOPES)[number]

const create = (): Command =>
  doCommand<
    Answer<'/v1/institutions/{id}/keys', 'post'>,
    InstitutionFlag & { readonly scope?: Scope[]; readonly expires?: string; readonly occasion: string }
  >({
    name: 'create',
    description: 'Make another key for an institution. It is shown this once; keys made before stay in force.',
    options: (command) =>
      withInstitution(command)
        .addOption(
          new Option('--scope <scope...>', 'what it may do; everything that an institution may where nothing is said').choices(KEY_SCOPES),
        )
        .addOption(new Option('--expires <instant>', 'when it ends, such as 2027-11-24T00:00:00Z; never where nothing is said'))
        .addOption(
          new Option(
            '--occasion <words>',
            'tells this key from one that was made before, so that a repeated command makes no second one',
          ).default(new Date().toISOString(), 'now'),
        ),
    work: async (goji, flags) =>
      goji.post('/v1/institutions/{id}/keys', {
        path: { id: await theInstitution(goji, flags) },
        body: { scopes: flags.scope, expiresAt: flags.expires },
        occasion: flags.occasion,
      }),
    text: ({ id, secret }) =>
      secret === null ? `${id} was made and shown before. Make another with another --occasion.` : `${id}\n${secret}`,
    examples: [
      'goji keys create --institution hanbyeol-tax',
      'goji keys create --institution hanbyeol-tax --scope bills:read reports:read --expires 2027-11-24T00:00:00Z',
    ],
  })

const revoke = (): Command =>
  doCommand<Answer<'/v1/keys/{id}/revoke', 'post'>>({
    name: 'revoke',
    description: 'End a key, at once and for good.',
    arguments: [ID],
    work: (goji, _flags, id = '') => goji.post('/v1/keys/{id}/revoke', { path: { id } }),
    text: ({ id }) => `${id} is not in force any more.`,
    examples: ['goji keys revoke key_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

export const keyCommands = (): Command[] => [list(), get(), events(), create(), revoke()]
