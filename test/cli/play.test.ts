import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { checkFile } from '../../cli/run/check-file.ts'
import type { Mapping } from '../../cli/run/mapping.ts'
import { type PlayedReport, playBills } from '../../cli/run/play.ts'
import { FAKE_KEY, FakeApi } from './fake-api.ts'
import { HEADER, mapping, written } from './files.ts'

let api: FakeApi
let url: string
beforeEach(async () => {
  api = new FakeApi()
  url = await api.listen()
})
afterEach(() => api.close())

/** Forty bills of two institutions and ten people, far apart in the file. */
const rows = Array.from(
  { length: 40 },
  (_, index) => `${index % 4 === 0 ? 'Dorset' : 'Bristol'},B-${index},LW-${index % 10},01/02/2021,Lost item,Central,${index + 1}.50`,
)
const everybodyPays = { behaviours: { payAll: 1 }, methods: { card: 1, simplePay: 1 }, seconds: [0, 0] }
const file = (lines: readonly string[] = rows): string => written(`${[HEADER, ...lines].join('\n')}\n`)

async function play(path: string, using: Mapping, options: { seed?: number; signal?: AbortSignal } = {}): Promise<PlayedReport> {
  return playBills({
    file: path,
    mapping: using,
    census: await checkFile(path, using),
    seed: options.seed ?? 1,
    engine: { url, key: FAKE_KEY, gateway: 'fake', simulators: [], addresses: {} },
    drivers: { gateways: new Map([['fake', api.gateway]]), channels: new Map() },
    progress: { update: () => undefined, note: () => undefined, stop: () => undefined },
    signal: options.signal ?? new AbortController().signal,
  })
}

describe('a run', () => {
  it('ends with every bill final and the report of every institution', async () => {
    const report = await play(file(), mapping({ citizens: everybodyPays }))
    expect(report).toEqual({
      bills: 40,
      final: 40,
      ledger_balanced: true,
      lives_per_second: expect.any(Number),
      institutions: [
        {
          name: 'Bristol',
          currency: 'GBP',
          issued: { bills: 30, amount: '645.00' },
          paid: { bills: 30, amount: '645.00' },
          refunded: { bills: 0, amount: '0.00' },
          settled: { bills: 30, amount: '645.00' },
          written_off: { bills: 0, amount: '0.00' },
          cancelled: { bills: 0, amount: '0.00' },
          outstanding: { bills: 0, amount: '0.00' },
        },
        expect.objectContaining({ name: 'Dorset', issued: { bills: 10, amount: '195.00' }, settled: { bills: 10, amount: '195.00' } }),
      ],
      payments_by_method: { card: expect.anything(), simplePay: expect.anything() },
    })
    expect(Object.keys(report)).toEqual(['bills', 'final', 'ledger_balanced', 'lives_per_second', 'institutions', 'payments_by_method'])
  })

  it('pays all bills of a person at once, though they are far apart in the file', async () => {
    await play(file(), mapping({ citizens: everybodyPays }))
    const checkouts = api.sent('POST', /checkouts$/)
    expect(checkouts).toHaveLength(10)
    for (const { body } of checkouts) expect(body['bills']).toHaveLength(4)
  })

  it('pays them one by one where the person does', async () => {
    await play(file(), mapping({ citizens: { ...everybodyPays, behaviours: { payEach: 1 } } }))
    expect(api.sent('POST', /checkouts$/)).toHaveLength(40)
  })

  it('makes the same decisions for the same seed, and others for another', async () => {
    const using = mapping({
      citizens: {
        behaviours: { payAll: 1, payEach: 1, ignore: 1, open: 1 },
        methods: { card: 1, simplePay: 1, bankAccount: 1 },
        declined: 0.3,
        seconds: [0, 0],
      },
    })
    const sums = async (seed: number): Promise<unknown> => {
      await api.close()
      api = new FakeApi()
      url = await api.listen()
      const { institutions, payments_by_method: methods } = await play(file(), using, { seed })
      return { institutions, methods }
    }
    const one = await sums(3)
    expect(await sums(3)).toEqual(one)
    expect(await sums(4)).not.toEqual(one)
  })

  it('lets institutions cancel and write off, which nobody then pays', async () => {
    const report = await play(file(), mapping({ citizens: everybodyPays, institutionActs: { leave: 1, cancel: 1, writeOff: 1 } }))
    const sum = (column: 'paid' | 'cancelled' | 'written_off'): number =>
      report.institutions.reduce((total, one) => total + one[column].bills, 0)
    expect([sum('cancelled'), sum('written_off')].every((count) => count > 5)).toBe(true)
    expect(sum('paid') + sum('cancelled') + sum('written_off')).toBe(40)
    expect(api.sent('POST', /write-off$/)).toHaveLength(sum('written_off'))
  })

  it('hands in each settlement file once', async () => {
    await play(file(), mapping({ citizens: everybodyPays }))
    const contents = api.sent('POST', /statements$/).map(({ body }) => body['content'])
    expect(contents[0]).toBe('text of file-1')
    expect(new Set(contents).size).toBe(contents.length)
  })
})

describe('a run that comes again', () => {
  it('sends no bill twice: it takes what is there', async () => {
    const path = file()
    const using = mapping({ citizens: everybodyPays })
    const first = await play(path, using)
    const again = await play(path, using)
    expect(api.bills.size).toBe(40)
    expect(again.institutions).toEqual(first.institutions)
  })

  it('goes on where it was stopped', async () => {
    const path = file()
    const using = mapping({ citizens: everybodyPays })
    const stop = new AbortController()
    api.intercept = ({ method, path: to }) => {
      if (method === 'POST' && to.endsWith('/bills') && api.bills.size === 17) stop.abort(new Error('Ctrl-C'))
      return undefined
    }
    await expect(play(path, using, { signal: stop.signal })).rejects.toThrow()
    expect(api.bills.size).toBeLessThan(40)
    api.intercept = () => undefined
    expect(await play(path, using)).toMatchObject({ bills: 40, final: 40 })
  })
})

describe('a run that cannot go on', () => {
  it('says which row the engine refused, and why', async () => {
    api.intercept = ({ body }) =>
      body['billNumber'] === 'B-3' ? { status: 422, body: { code: 'title_banned', detail: 'Choose another title.' } } : undefined
    await expect(play(file(), mapping())).rejects.toThrow('The engine refused the bill in row 5 (title_banned): Choose another title.')
  })

  it('does not begin with a policy that takes weeks for those who never pay', async () => {
    const using = mapping({ citizens: { behaviours: { payAll: 9, ignore: 1 }, methods: { card: 1 } } })
    const slow = { ...using, policies: { charge: { ...using.policies['charge'], handBackAfter: 'P30D' } } } as Mapping
    await expect(play(file(), slow)).rejects.toThrow(/under the policy "charge" of the mapping that takes more than an hour/)
    expect(api.requests).toEqual([])
  })

  it('does not mix with an institution of the same slug that bills in another currency', async () => {
    api.intercept = ({ method, path }) => {
      if (method === 'POST' && path === '/v1/institutions') return { status: 409, body: { code: 'institution_taken', detail: 'Taken.' } }
      if (path.startsWith('/v1/institutions?'))
        return { status: 200, body: { data: [{ id: 'ins_1', slug: 'bristol', currency: 'KRW' }], nextCursor: null } }
      return undefined
    }
    await expect(play(file(), mapping())).rejects.toThrow(
      'The institution bristol is there already and bills in KRW, not GBP. Give this one another slug in the mapping.',
    )
  })

  it('has nobody to pay at on an engine without simulators', async () => {
    const using = mapping()
    const path = file()
    const options = {
      file: path,
      mapping: using,
      census: await checkFile(path, using),
      seed: 1,
      engine: { url, key: FAKE_KEY, gateway: undefined, simulators: [], addresses: {} },
      drivers: { gateways: new Map(), channels: new Map() },
      progress: { update: () => undefined, note: () => undefined, stop: () => undefined },
      signal: new AbortController().signal,
    }
    await expect(playBills(options)).rejects.toThrow(/^Simulated citizens pay at the simulated gateway of an embedded stack/)
    expect(api.requests).toEqual([])
  })
})
