import { Option, type Command } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { BILL_STATUSES, type BillStatus } from '../../domain/states/bill.ts'
import { type Stage, STAGES } from '../../domain/step.ts'
import { money } from '../money.ts'
import { type InstitutionFlag, institutionId, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'

interface BillFilters extends InstitutionFlag {
  readonly status?: BillStatus
  readonly stage?: Stage
  readonly number?: string
  readonly citizen?: string
  readonly overdue?: boolean
  readonly dueAfter?: string
  readonly dueBefore?: string
  readonly createdAfter?: string
  readonly createdBefore?: string
}

export const billsListCommand = (): Command =>
  listCommand<Schemas['BillSummary'], BillFilters>({
    description: 'List bills, the newest first.',
    filters: (command) =>
      withInstitution(command, 'bills of one: its id, short name or name')
        .addOption(new Option('--status <status>', 'where the debt stands').choices(BILL_STATUSES))
        .addOption(new Option('--stage <stage>', "where the bill's life stands").choices(STAGES))
        .option('--number <number>', "the institution's own number of the bill")
        .option('--citizen <identifier>', 'bills of one person, by the identifier that they came with')
        .option('--overdue', 'past the due date with something left to pay')
        .option('--due-after <instant>', 'due at or after, such as 2026-12-01T00:00:00+09:00')
        .option('--due-before <instant>', 'due before')
        .option('--created-after <instant>', 'received at or after')
        .option('--created-before <instant>', 'received before'),
    rows: async (goji, flags) => {
      const { status, stage, number, citizen, institution, overdue, dueAfter, dueBefore, createdAfter, createdBefore, limit } = flags
      const query = {
        status,
        stage,
        billNumber: number,
        citizenIdentifier: citizen,
        institution: institution === undefined ? undefined : await institutionId(goji, institution),
        overdue: overdue ? ('true' as const) : undefined,
        dueAfter,
        dueBefore,
        createdAfter,
        createdBefore,
      }
      return goji.list('/v1/bills', { query, limit })
    },
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'number', value: ({ billNumber }) => billNumber },
      { title: 'title', value: ({ title }) => title },
      { title: 'status', value: ({ status }) => status },
      { title: 'owed', value: ({ asksMoney, amounts }) => (asksMoney ? money(amounts.owed) : '-'), right: true },
      { title: 'due', value: ({ dueAt }) => dueAt ?? '-' },
    ],
    keyOf: ({ id }) => id,
    examples: [
      'goji bills list',
      'goji bills list --status overdue --limit 100',
      'goji bills list --institution hanbyeol-tax --due-before 2026-12-31T00:00:00+09:00',
      'goji bills list --citizen P-001 -o json',
      'goji bills list --status paid --watch',
    ],
  })
