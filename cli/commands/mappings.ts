import type { Command } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { readBatchMapping } from '../batches/mapping-file.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { type InstitutionFlag, theInstitution, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'

type Stored = Schemas['StoredMapping']

const NAMED = ['name', 'the mapping, such as vehicle-tax'] as const

const list = (): Command =>
  listCommand<Stored, InstitutionFlag>({
    description: 'List how the files of an institution are read, by name.',
    filters: withInstitution,
    rows: async (goji, flags) =>
      goji.list('/v1/institutions/{id}/mappings', { path: { id: await theInstitution(goji, flags) }, limit: flags.limit }),
    columns: [
      { title: 'name', value: ({ name }) => name },
      { title: 'currency', value: ({ mapping }) => mapping.currency },
      { title: 'columns', value: ({ mapping: { columns } }) => [columns.billNumber, columns.citizen, columns.amount].join(', ') },
      { title: 'policy', value: ({ mapping: { columns, defaults } }) => columns.policy ?? defaults.policy ?? '-' },
      { title: 'changed', value: ({ changedAt }) => changedAt },
    ],
    keyOf: ({ name }) => name,
    examples: ['goji mappings list', 'goji mappings list --institution hanbyeol-tax'],
  })

const text = ({ name, mapping, createdAt, changedAt }: Stored): string =>
  facts([
    ['mapping', name],
    ['set', createdAt],
    ['changed', changedAt],
    ...Object.entries(mapping).map(([field, value]): [string, string] => [
      field,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ])

const get = (): Command =>
  getCommand<Stored, InstitutionFlag>({
    description: 'Show a stored mapping. Its JSON is what "goji mappings set" and "goji batches create --mapping" take.',
    argument: NAMED,
    options: withInstitution,
    read: async (goji, name, flags) =>
      goji.get('/v1/institutions/{id}/mappings/{name}', { path: { id: await theInstitution(goji, flags), name } }),
    text,
    examples: ['goji mappings get vehicle-tax', 'goji mappings get vehicle-tax -o json > vehicle-tax.json'],
  })

const set = (): Command =>
  doCommand<Stored, InstitutionFlag>({
    name: 'set',
    description: 'Store a mapping under a name. Batches that are there keep what they were made with.',
    arguments: [NAMED, ['file', 'JSON that says what the columns mean (docs/mapping.md)']],
    options: withInstitution,
    work: async (goji, flags, name = '', file = '') => {
      const mapping = await readBatchMapping(file)
      return goji.put('/v1/institutions/{id}/mappings/{name}', { path: { id: await theInstitution(goji, flags), name }, body: { mapping } })
    },
    text: ({ name }) => `The mapping ${name} is set. Load files with it: goji batches create <file> --mapping-name ${name}`,
    examples: ['goji mappings set vehicle-tax tax.json'],
  })

const remove = (): Command =>
  doCommand<Stored, InstitutionFlag>({
    name: 'delete',
    description: 'Do away with a stored mapping. Batches that were made with it keep their copy.',
    arguments: [NAMED],
    options: withInstitution,
    work: async (goji, flags, name = '') =>
      goji.delete('/v1/institutions/{id}/mappings/{name}', { path: { id: await theInstitution(goji, flags), name } }),
    text: ({ name }) => `The mapping ${name} is gone.`,
    examples: ['goji mappings delete vehicle-tax'],
  })

export const mappingCommands = (): Command[] => [list(), get(), set(), remove()]
