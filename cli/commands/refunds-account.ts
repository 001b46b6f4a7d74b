import type { Command } from 'commander'
import type { Goji } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import { readWords } from '../files/open-file.ts'
import { money } from '../money.ts'
import { doCommand } from '../shape/do-command.ts'
import { type InstitutionFlag, institutionId, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'
import { note } from '../shape/watch.ts'
import { ID, type Refund, text } from './refunds-text.ts'

const EXAMPLE = 'ref_01hfz3k9q4m7v2x8c5t6w0r3en'
/** What nobody means by an account number is not read to its end. */
const NUMBER_MAX = 100

export const refundsWaitingCommand = (): Command =>
  listCommand<Refund, InstitutionFlag & { readonly bill?: string }>({
    name: 'waiting',
    description: 'List refunds that have no way back until somebody says an account, the newest first, with who looks after each.',
    filters: (command) => withInstitution(command, 'of bills of one: its id, short name or name').option('--bill <id>', 'of one bill'),
    rows: async (goji, { institution, bill, limit }) => {
      const id = institution === undefined ? undefined : await institutionId(goji, institution)
      return goji.list('/v1/refunds', { query: { state: 'awaitingAccount', institution: id, bill }, limit })
    },
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'bill', value: ({ billId }) => billId },
      { title: 'amount', value: ({ amount }) => money(amount), right: true },
      { title: 'refused', value: ({ failureCode }) => failureCode ?? '-' },
      { title: 'owner', value: ({ exception }) => exception?.owner ?? '-' },
      { title: 'since', value: ({ exception }) => exception?.openedAt ?? '-' },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji refunds waiting', 'goji refunds waiting --institution hanbyeol-tax -o json'],
  })

interface AccountFlags {
  readonly bank: string
  readonly holder: string
  readonly numberFrom: string
}

export const refundAccountCommand = (): Command =>
  doCommand<Refund, AccountFlags>({
    name: 'account',
    description:
      'Say where a refund that waits for an account may go. The number is read from standard input or a file, never from the command line, and shown masked.',
    arguments: [ID],
    options: (command) =>
      command
        .requiredOption('--bank <bank>', "the bank's name or code, as the gateway knows it")
        .requiredOption('--holder <name>', 'whose account it is')
        .option('--number-from <file>', 'a file with the account number or IBAN; - is standard input', '-'),
    work: async (goji, { bank, holder, numberFrom }, id = '') => {
      const number = await readNumber(numberFrom)
      const occasion = await waitsSince(goji, id)
      return goji.post('/v1/refunds/{id}/account', { path: { id }, body: { bank, number, holder }, occasion })
    },
    text,
    examples: [
      `goji refunds account ${EXAMPLE} --bank "Sample Bank" --holder 김하늘`,
      `goji refunds account ${EXAMPLE} --bank "Sample Bank" --holder 김하늘 --number-from number.txt`,
    ],
  })

export const refuseRefundAccountCommand = (): Command =>
  doCommand<Refund>({
    name: 'refuse-account',
    description: 'Say that the bank refused the transfer of a refund: its account is erased, and the citizen is asked again.',
    arguments: [ID],
    work: async (goji, _flags, id = '') =>
      goji.post('/v1/refunds/{id}/refuse-account', { path: { id }, body: {}, occasion: await waitsSince(goji, id) }),
    text,
    examples: [`goji refunds refuse-account ${EXAMPLE}`],
  })

/** Since when somebody is waited for: the same account, given again after it was refused, is another order. */
const waitsSince = async (goji: Goji, id: string): Promise<string> =>
  (await goji.get('/v1/refunds/{id}', { path: { id } })).exception?.openedAt ?? ''

/** As people write it, with blanks. @throws GojiError `account_number_missing`, `file_unreadable`. */
async function readNumber(file: string): Promise<string> {
  if (file === '-' && process.stdin.isTTY) note('Type the account number, Enter, and Ctrl-D:')
  const words = (await readWords(file)).replace(/\s/g, '').toUpperCase()
  if (words === '' || words.length > NUMBER_MAX)
    throw invalid('account_number_missing', 'There is no account number in what was read. Give one number and nothing else.')
  return words
}
