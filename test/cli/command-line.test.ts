import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { exitCodeOf } from '../../cli/exit-codes.ts'
import { wordFailure } from '../../cli/failure.ts'
import { createProgram } from '../../cli/program.ts'
import { FAKE_KEY, FakeApi } from './fake-api.ts'
import { GOOD, HEADER, mappingText, written } from './files.ts'

let api: FakeApi
let url: string
let stdout: string
let stderr: string
beforeEach(async () => {
  api = new FakeApi()
  url = await api.listen()
  stdout = ''
  stderr = ''
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((stdout += String(text))))
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((stderr += String(text))))
})
afterEach(async () => {
  jest.restoreAllMocks()
  await api.close()
})

/** Runs the command line in this process, as cli/goji.ts does. */
async function goji(...words: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(['node', 'goji', ...words])
    return 0
  } catch (error) {
    const said = wordFailure(error)
    if (said !== null) stderr += `${said}\n`
    return exitCodeOf(error)
  }
}

const here = (): string[] => ['--url', url, '--key', FAKE_KEY]
const good = (): string => written(`${HEADER}\n${GOOD}\n`)
const mapped = (changes?: Readonly<Record<string, unknown>>): string => written(JSON.stringify(mappingText(changes)), 'mapping.json')

const answers = (body: unknown): void => {
  api.intercept = () => ({ status: 200, body })
}

describe('exit codes', () => {
  it('2 for a command, an option or a value that is not understood, and nothing is sent', async () => {
    expect(await goji('bils')).toBe(2)
    expect(await goji('bills', 'list', '--colour')).toBe(2)
    expect(await goji('bills', 'list', '--limit', 'many', ...here())).toBe(2)
    expect(await goji('bills', 'list', '--status', 'payed', ...here())).toBe(2)
    expect(await goji('run', good(), ...here())).toBe(2)
    expect(await goji('up', '--json')).toBe(2)
    expect(stderr).toContain('together with --once')
    expect(stderr).toContain("required option '--mapping <file>' not specified")
    expect(api.requests).toEqual([])
  })

  it('2 for a file or a mapping that is wrong, in one line that begins with the code, and nothing is sent', async () => {
    expect(await goji('run', 'nowhere.csv', '--mapping', mapped(), ...here())).toBe(2)
    expect(stderr).toBe('goji: bills_file_unreadable: nowhere.csv cannot be read (ENOENT). Check the path.\n')
    expect(await goji('run', good(), '--mapping', mapped({ currency: '' }), ...here())).toBe(2)
    expect(await goji('run', written(`${HEADER}\n${GOOD}\n${GOOD}\n`), '--mapping', mapped(), ...here())).toBe(2)
    expect(stderr).toContain(
      'goji: bills_invalid: bills.csv was not loaded, nothing was sent: 1 row of it is wrong.\n  row 3, Number: "B-1" stands in row 2 already.',
    )
    expect(stdout).toBe('')
    expect(api.requests).toEqual([])
  })

  it('3 when the API refuses, with its code, field and request', async () => {
    api.intercept = () => ({
      status: 404,
      body: { code: 'bill_not_found', detail: 'There is no such bill.', pointer: '/id', requestId: 'req_7' },
    })
    expect(await goji('bills', 'get', 'bill_1', ...here())).toBe(3)
    expect(stderr).toBe('goji: bill_not_found (/id): There is no such bill. Request req_7.\n')
  })

  it('4 when the engine is out of service, cannot be reached, or has no key', async () => {
    api.intercept = () => ({ status: 503, body: { code: 'database_unavailable', detail: 'Try again.' } })
    expect(await goji('bills', 'list', ...here())).toBe(4)
    await api.close()
    expect(await goji('bills', 'list', ...here())).toBe(4)
    expect(stderr).toContain(`goji: engine_unreachable: Nothing answers at ${url} (ECONNREFUSED).`)
    api = new FakeApi()
    url = await api.listen()
  })

  it('0 for help, which has examples', async () => {
    expect(await goji('bills', 'list', '--help')).toBe(0)
    expect(stdout).toMatch(/Examples:\n {2}\$ goji bills list\n/)
    expect(await goji('--help')).toBe(0)
    expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 wrong use or input, 3 refused, 4 not here or not reachable, 130 interrupted.')
  })

  it('no key for an address of its own, and no word that could be one', async () => {
    expect(await goji('bills', 'list', '--url', url)).toBe(2)
    expect(await goji('bills', 'list', '--url', 'nonsense', '--key', 'x')).toBe(2)
    expect(stderr).toContain('goji: key_missing:')
    expect(stderr).toContain('goji: url_invalid: "nonsense" is not the address of an engine.')
    expect(api.requests).toEqual([])
  })
})

describe('answers', () => {
  const bill = {
    id: 'bill_1',
    billNumber: 'HB-1',
    title: '재산세(주택)',
    status: 'overdue',
    asksMoney: true,
    dueAt: '2026-12-24T14:59:59.999Z',
    amounts: { owed: { amount: '1234500', currency: 'KRW' } },
  }

  it('are a table for people, whose columns stand under each other in Korean too', async () => {
    answers({ data: [bill, { ...bill, id: 'bill_22', title: 'Tax\u001b[2J', asksMoney: false, dueAt: null }], nextCursor: null })
    expect(await goji('bills', 'list', '--status', 'overdue', ...here())).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'id       number  title         status            owed  due',
      'bill_1   HB-1    재산세(주택)  overdue  1,234,500 KRW  2026-12-24T14:59:59.999Z',
      'bill_22  HB-1    Tax [2J       overdue              -  -',
      '',
    ])
    expect(api.requests[0]?.path).toBe('/v1/bills?status=overdue&limit=20')
  })

  it('are one line of JSON for programs', async () => {
    answers({ data: [bill], nextCursor: null })
    expect(await goji('bills', 'list', '-o', 'json', ...here())).toBe(0)
    expect(JSON.parse(stdout)).toEqual([bill])
    expect(stdout.trimEnd()).not.toContain('\n')
  })

  it('follow the pages as far as they are asked to', async () => {
    api.intercept = ({ path }) => {
      const cursor = Number(new URLSearchParams(path.split('?')[1]).get('cursor') ?? 0)
      const data = Array.from({ length: 100 }, (_, index) => ({ ...bill, id: `bill_${cursor * 100 + index}` }))
      return { status: 200, body: { data, nextCursor: String(cursor + 1) } }
    }
    expect(await goji('bills', 'list', '--limit', '250', '-o', 'json', ...here())).toBe(0)
    expect((JSON.parse(stdout) as unknown[]).length).toBe(250)
    expect(api.requests).toHaveLength(3)
  })

  it("sum up by institution, in the API's own words as JSON", async () => {
    const none = { bills: 0, amount: '0' }
    const institution = {
      name: 'Hanbyeol',
      currency: 'KRW',
      issued: { bills: 2, amount: '12345678' },
      paid: none,
      refunded: none,
      settled: none,
      written_off: none,
      cancelled: none,
      outstanding: none,
    }
    const report = {
      bills: 2,
      final: 1,
      ledger_balanced: true,
      institutions: [institution],
      payments_by_method: { card: { payments: 1, amount: '5000', currency: 'KRW' } },
    }
    answers(report)
    expect(await goji('report', '--from', '2026-11-01', ...here())).toBe(0)
    expect(stdout).toContain('Hanbyeol     KRW  2: 12,345,678     -         -        -            -          -            -')
    expect(stdout).toContain('1 of 2 bills are final. The ledger is balanced.')
    stdout = ''
    expect(await goji('report', '-o', 'json', ...here())).toBe(0)
    expect(JSON.parse(stdout)).toEqual(report)
    expect(api.requests.map(({ path }) => path)).toEqual(['/v1/reports?from=2026-11-01', '/v1/reports'])
  })

  it('follow a bill until it is closed, each entry once', async () => {
    const stages = ['deliver', 'deliver', 'closed']
    const entry = (seq: number): unknown => ({
      seq,
      at: `2026-11-24T00:00:0${seq}.000Z`,
      action: `step${seq}`,
      actor: 'engine',
      body: { key: 'notice:email' },
    })
    let looks = 0
    api.intercept = ({ path }) => {
      if (!path.includes('/events')) return { status: 200, body: { stage: stages[looks++] } }
      return { status: 200, body: { data: Array.from({ length: looks + 1 }, (_, index) => entry(index + 1)), nextCursor: null } }
    }
    expect(await goji('bills', 'watch', 'bill_1', ...here())).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(4)
    expect(stdout).toContain('2026-11-24T00:00:04.000Z  step4               engine  key=notice:email\n')
  })

  it('hand in a settlement file as it is', async () => {
    answers({
      id: 'stm_1',
      gateway: 'g',
      name: 'f',
      state: 'received',
      receivedAt: 'now',
      lines: 1,
      posted: 0,
      exceptions: 0,
      openExceptions: [],
    })
    expect(await goji('statements', 'send', written('header,1\n', 'file.csv'), ...here())).toBe(2)
    expect(await goji('statements', 'send', written('header,1\n', 'file.csv'), '--gateway', 'g', ...here())).toBe(0)
    expect(api.requests.map(({ body }) => body)).toEqual([{ gateway: 'g', content: 'header,1\n' }])
  })
})
