import { describe, expect, it } from '@jest/globals'
import { readMapping } from '../../cli/run/read-mapping.ts'
import { mappingText, written } from './files.ts'

const json = (value: unknown): string => written(JSON.stringify(value), 'mapping.json')

/** What is said of a mapping, without its path. */
async function refusal(path: string): Promise<string> {
  const error = await readMapping(path).then(
    () => new Error('it was taken'),
    (reason: unknown) => reason as Error,
  )
  return error.message.replace(path, 'mapping.json')
}

const problems = async (changes: Readonly<Record<string, unknown>>): Promise<string[]> =>
  (await refusal(json(mappingText(changes)))).split('\n').slice(1)

const first = (changes: Readonly<Record<string, unknown>>): unknown[] => {
  const institutions = mappingText()['institutions'] as Record<string, unknown>[]
  return institutions.map((institution, index) => (index === 0 ? { ...institution, ...changes } : institution))
}

describe('a mapping', () => {
  it('is read with what it leaves out', async () => {
    expect(await readMapping(json(mappingText()))).toMatchObject({
      delimiter: ',',
      language: 'en',
      emptyAmount: 'refuse',
      contacts: [],
      citizens: { behaviours: { payAll: 1, payEach: 0, ignore: 0 }, methods: { card: 1, simplePay: 0 }, declined: 0, fixed: {} },
      institutionActs: { leave: 1, cancel: 0, writeOff: 0 },
    })
  })

  it('that is not there, or no JSON, is told by its path', async () => {
    expect(await refusal('nowhere.json')).toBe(
      'The mapping mapping.json cannot be read (ENOENT). Check the path; docs/mapping.md has an example.',
    )
    expect(await refusal(written('{', 'mapping.json'))).toMatch(
      /^The mapping mapping\.json is not JSON \(.*\)\. docs\/mapping\.md has an example\.$/,
    )
    expect(await refusal(written(`"${'x'.repeat(2_000_000)}"`, 'mapping.json'))).toMatch(/longer than 1 MiB/)
  })

  it('says every field that is wrong, by its pointer', async () => {
    const columns = mappingText()['columns'] as object
    expect(await refusal(json(mappingText({ dateFormat: 'DD-MM-YYYY', columns: { ...columns, title: 7 } })))).toBe(
      [
        'The mapping mapping.json cannot be used; docs/mapping.md explains its fields.',
        '  /dateFormat: Invalid option: expected one of "YYYY-MM-DD"|"YYYY.MM.DD"|"YYYY/MM/DD"|"YYYYMMDD"|"DD/MM/YYYY"|"DD.MM.YYYY"|"MM/DD/YYYY"|"YYYY년 M월 D일"',
        '  /columns/title: Invalid input: expected string, received number',
      ].join('\n'),
    )
  })
})

describe('a wrong field of a mapping', () => {
  it.each([
    ['an unknown field', { colour: 1 }, ['  the whole: Unrecognized key: "colour"']],
    [
      'a date format of its own',
      { dateFormat: 'MM-DD-YYYY' },
      [
        '  /dateFormat: Invalid option: expected one of "YYYY-MM-DD"|"YYYY.MM.DD"|"YYYY/MM/DD"|"YYYYMMDD"|"DD/MM/YYYY"|"DD.MM.YYYY"|"MM/DD/YYYY"|"YYYY년 M월 D일"',
      ],
    ],
    ['no institution', { institutions: [] }, ['  /institutions: Too small: expected array to have >=1 items']],
    [
      'no zone',
      { institutions: first({ zone: 'Mars' }) },
      ['  /institutions/0/zone: There is no such time zone. Use a name such as Asia/Seoul.'],
    ],
    [
      'a policy that is not there',
      { institutions: first({ policy: 'fine' }) },
      ['  /institutions/0/policy: "fine" is not one of policies: charge'],
    ],
    ['two institutions of one name', { institutions: first({ value: 'Dorset' }) }, ['  /institutions/1/value: "Dorset" stands here twice']],
    [
      'an address without the citizen',
      { contacts: [{ channel: 'email', addresses: ['all@example.org'], share: 1 }] },
      ['  /contacts/0/addresses/0: Invalid string: must include "{citizen}"'],
    ],
    [
      'a contact of neither kind',
      { contacts: [{ channel: 'email' }] },
      ['  /contacts/0: is neither {"channel", "column"} nor {"channel", "addresses", "share"}, whose addresses hold {citizen}'],
    ],
    [
      'weights of zero',
      { citizens: { behaviours: { payAll: 0 }, methods: { card: 1 } } },
      ['  /citizens/behaviours: gives no choice a weight above zero'],
    ],
    [
      'a behaviour that nobody has',
      { citizens: { behaviours: { payTwice: 1, payAll: 1 }, methods: { card: 1 } } },
      ['  /citizens/behaviours: Unrecognized key: "payTwice"'],
    ],
  ])('%s', async (_what, changes, expected) => {
    expect(await problems(changes)).toEqual(expected)
  })
})
