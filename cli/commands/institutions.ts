import { Option, type Command } from 'commander'
import type { Answer, Schemas } from '../../client/index.ts'
import { CURRENCIES, type Currency } from '../../domain/currencies.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { eventsCommand } from '../shape/events-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { institutionId } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'

const NAMED = ['institution', 'its id, short name or name'] as const

const list = (): Command =>
  listCommand<Schemas['Institution'], { readonly slug?: string; readonly currency?: Currency }>({
    description: 'List institutions, the newest first.',
    filters: (command) =>
      command
        .option('--slug <name>', 'the one with this short name')
        .addOption(new Option('--currency <code>', 'those that bill in it').choices(CURRENCIES)),
    rows: (goji, { slug, currency, limit }) => goji.list('/v1/institutions', { query: { slug, currency }, limit }),
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'short name', value: ({ slug }) => slug },
      { title: 'name', value: ({ name }) => `${name.ko} (${name.en})` },
      { title: 'currency', value: ({ currency }) => currency },
      { title: 'zone', value: ({ zone }) => zone },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji institutions list', 'goji institutions list --currency KRW -o json'],
  })

const text = ({ id, slug, name, currency, zone, approvalAbove, createdAt }: Schemas['Institution']): string =>
  facts([
    ['institution', id],
    ['short name', slug],
    ['name', `${name.ko} (${name.en})`],
    ['currency', currency],
    ['zone', zone],
    ['second person above', approvalAbove === null ? '-' : money(approvalAbove)],
    ['since', createdAt],
  ])

const get = (): Command =>
  getCommand({
    description: 'Show an institution.',
    argument: NAMED,
    read: async (goji, named) => goji.get('/v1/institutions/{id}', { path: { id: await institutionId(goji, named) } }),
    text,
    examples: ['goji institutions get hanbyeol-tax'],
  })

const events = (): Command =>
  eventsCommand({
    description: "Show an institution's log: when it was taken in, and who set which policy.",
    argument: NAMED,
    rows: async (goji, named, limit) =>
      goji.list('/v1/institutions/{id}/events', { path: { id: await institutionId(goji, named) }, limit }),
    examples: ['goji institutions events hanbyeol-tax'],
  })

interface NewInstitution {
  readonly nameKo: string
  readonly nameEn: string
  readonly currency: Currency
  readonly zone: string
}

const create = (): Command =>
  doCommand<Answer<'/v1/institutions', 'post'>, NewInstitution>({
    name: 'create',
    description: 'Take in an institution and make its first key, which is shown this once.',
    arguments: [['slug', 'its short name: small letters, digits and hyphens']],
    options: (command) =>
      command
        .requiredOption('--name-ko <name>', 'its name in Korean')
        .requiredOption('--name-en <name>', 'its name in English')
        .addOption(new Option('--currency <code>', 'of all its bills').choices(CURRENCIES).default('KRW'))
        .option('--zone <zone>', 'its time zone', 'Asia/Seoul'),
    work: (goji, { nameKo: ko, nameEn: en, currency, zone }, slug = '') =>
      goji.post('/v1/institutions', { body: { slug, name: { ko, en }, currency, zone } }),
    text: ({ institution, key }) =>
      `${text(institution)}\nkey          ${key.secret ?? 'was shown before: make another with goji keys create'}`,
    examples: ['goji institutions create hangang-city --name-ko 한강시청 --name-en "Hangang City"'],
  })

const setApproval = (): Command =>
  doCommand<Schemas['Institution'], { readonly above: string }>({
    name: 'set-approval',
    description: 'Say what one person may give back of a bill; above it a second one has to agree.',
    arguments: [NAMED],
    options: (command) =>
      command.requiredOption('--above <amount>', 'the most that one person may give back, or `off` to ask no second one'),
    work: async (goji, { above }, named = '') => {
      const id = await institutionId(goji, named)
      const { currency } = await goji.get('/v1/institutions/{id}', { path: { id } })
      return goji.put('/v1/institutions/{id}/approval', {
        path: { id },
        body: { above: above === 'off' ? null : { amount: above, currency } },
      })
    },
    text,
    examples: ['goji institutions set-approval hanbyeol-tax --above 1000000', 'goji institutions set-approval hanbyeol-tax --above off'],
  })

export const institutionCommands = (): Command[] => [list(), get(), events(), create(), setApproval()]
