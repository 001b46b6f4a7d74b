import type { Command } from 'commander'
import type { Answer, Schemas } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import { readWords } from '../files/open-file.ts'
import { whole } from '../options.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { type InstitutionFlag, theInstitution, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'
import { stepsText } from './steps-text.ts'

type Version = Schemas['PolicyVersion']
type VersionFlag = InstitutionFlag & { readonly version?: number }

const NAMED = ['name', 'the policy, such as month'] as const
const VERSION_MAX = 9_999_999

const withVersion = (command: Command): Command =>
  withInstitution(command).option('--version <number>', 'one version; the newest where nothing is said', whole(1, VERSION_MAX))

const channels = ({ policy }: Version): string => policy.chain.map(({ channel, wait }) => `${channel} ${wait}`).join(', ')

const columns = [
  { title: 'name', value: ({ name }: Version) => name },
  { title: 'version', value: ({ version }: Version) => String(version), right: true },
  { title: 'title', value: ({ title }: Version) => `${title.ko} (${title.en})` },
  { title: 'channels', value: channels },
  { title: 'due', value: ({ policy }: Version) => `${policy.due.after} from ${policy.due.from}` },
  { title: 'set', value: ({ createdAt }: Version) => createdAt },
]

const list = (): Command =>
  listCommand<Version, InstitutionFlag>({
    description: "List an institution's policies, each in its newest version.",
    filters: withInstitution,
    rows: async (goji, flags) =>
      goji.list('/v1/institutions/{id}/policies', { path: { id: await theInstitution(goji, flags) }, limit: flags.limit }),
    columns,
    keyOf: ({ name }) => name,
    examples: ['goji policies list --institution hanbyeol-tax'],
  })

const versions = (): Command =>
  listCommand<Version, InstitutionFlag>({
    name: 'versions',
    description: 'List the versions of a policy, the newest first. Bills keep the one they were received under.',
    argument: NAMED,
    filters: withInstitution,
    rows: async (goji, flags, name) =>
      goji.list('/v1/institutions/{id}/policies/{name}/versions', {
        path: { id: await theInstitution(goji, flags), name },
        limit: flags.limit,
      }),
    columns,
    keyOf: ({ version }) => String(version),
    examples: ['goji policies versions month --institution hanbyeol-tax'],
  })

const text = (version: Version): string =>
  facts([
    ['policy', `${version.name}, version ${version.version}`],
    ['title', `${version.title.ko} (${version.title.en})`],
    ['set', version.createdAt],
    ...Object.entries(version.policy).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ])

const get = (): Command =>
  getCommand<Version, VersionFlag>({
    description: 'Show a policy: the rules of one kind of bill. Its JSON is what "goji policies set" takes.',
    argument: NAMED,
    options: withVersion,
    read: async (goji, name, flags) =>
      goji.get('/v1/institutions/{id}/policies/{name}', {
        path: { id: await theInstitution(goji, flags), name },
        query: { version: flags.version },
      }),
    text,
    examples: ['goji policies get month', 'goji policies get month --institution hanbyeol-tax -o json > month.json'],
  })

const set = (): Command =>
  doCommand<Answer<'/v1/institutions/{id}/policies/{name}', 'put'>, InstitutionFlag>({
    name: 'set',
    description: 'Set a policy from a JSON file with "title" and "policy". Bills keep the version they were received under.',
    arguments: [NAMED, ['file', 'the JSON file; - for standard input']],
    options: withInstitution,
    work: async (goji, flags, name = '', file = '') => {
      const { title, policy } = await readJson(file)
      return goji.put('/v1/institutions/{id}/policies/{name}', {
        path: { id: await theInstitution(goji, flags), name },
        body: { title, policy } as Schemas['NewPolicy'],
      })
    },
    text: ({ name, version }) => `The policy ${name} has version ${version}.`,
    examples: ['goji policies set month month.json --institution hanbyeol-tax'],
  })

interface RehearseFlags extends VersionFlag {
  readonly amount?: string
  readonly issueAt?: string
  readonly dueDate?: string
  readonly channels?: string
}

const rehearse = (): Command =>
  getCommand<Schemas['Forecast'], RehearseFlags>({
    name: 'rehearse',
    description: 'Show what a policy would do with a bill that nobody reacts to. Nothing is recorded or sent.',
    argument: NAMED,
    options: (command) =>
      withVersion(command)
        .option('--amount <amount>', "what the bill asks for, in the institution's currency; none for a notice")
        .option('--issue-at <instant>', 'when it is issued, such as 2026-12-01T09:00:00+09:00; now where nothing is said')
        .option('--due-date <date>', 'a due date that the bill fixes itself, such as 2026-12-31')
        .option('--channels <names>', 'channels on which the citizen has an address, with commas between them'),
    read: async (goji, name, flags) => {
      const { version, amount, issueAt, dueDate, channels: addressed } = flags
      return goji.get('/v1/institutions/{id}/policies/{name}/forecast', {
        path: { id: await theInstitution(goji, flags), name },
        query: { version, amount, issueAt, dueDate, channels: addressed },
      })
    },
    text: stepsText,
    examples: ['goji policies rehearse month --institution hanbyeol-tax --amount 128500 --issue-at 2026-12-01T09:00:00+09:00'],
  })

/** @throws GojiError `file_unreadable`, `file_not_json`. */
async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  const content = await readWords(file)
  try {
    return JSON.parse(content) as Readonly<Record<string, unknown>>
  } catch (error) {
    throw invalid('file_not_json', `${file} is not JSON: ${(error as Error).message}`)
  }
}

export const policyCommands = (): Command[] => [list(), get(), versions(), set(), rehearse()]
