// Writes bills.csv beside this file: five invented Korean institutions, sixty invented people, 300 bills and eight
// notices. The same on every machine, so the file is committed and a test compares the two:
//   node --import tsx examples/korea/make.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { draw } from '../../cli/run/random.ts'
import { CITIZENS, type Person } from './people.ts'
import { BILLS, type BillKind, NOTICES } from './kinds.ts'

const SEED = 20260
const BILLS_TOTAL = 300
/** The resident whose page shows bills of all five institutions: this many of each. */
const FEATURED = { citizen: 'P-001', bills: { tax: 3, water: 3, parking: 1, university: 2, health: 3 } } as const

const HEADER = [
  '기관',
  '고지번호',
  '납부자번호',
  '성명',
  '언어',
  '고지명',
  '부과일',
  '납부금액',
  '부과기간',
  '대상',
  '이메일',
  '앱',
  '규칙',
]

const chance = (...question: (string | number)[]): number => draw(SEED, ...question.map(String))

/** One of a list, or a whole number of a range. */
const oneOf = <T>(list: readonly T[], ...question: (string | number)[]): T => list[Math.floor(chance(...question) * list.length)] as T
const between = (from: number, to: number, ...question: (string | number)[]): number =>
  from + Math.floor(chance(...question) * (to - from + 1))

function row(kind: BillKind, person: Person, count: number, rule: string): string[] {
  const { language } = person
  const subject = `${kind.institution.key}/${kind.key}/${count}`
  const month = between(1, 9, subject, 'month')
  const amount = kind.amount === null ? '' : String(between(kind.amount[0], kind.amount[1], subject, 'amount') * kind.amountStep)
  return [
    kind.institution.value,
    `${kind.institution.prefix}-2026-${String(count).padStart(5, '0')}`,
    person.id,
    person.name,
    language,
    kind.title[language],
    `2026-${String(month + 1).padStart(2, '0')}-${String(between(1, 20, subject, 'day')).padStart(2, '0')}`,
    amount,
    language === 'ko' ? `2026년 ${month}월` : `2026-${String(month).padStart(2, '0')}`,
    oneOf(kind.subjects, person.id, kind.subjects.length)[language],
    person.email,
    person.app,
    rule,
  ]
}

/** The file's text. */
export function makeBills(): string {
  const counts = new Map<string, number>()
  const next = ({ institution }: BillKind): number => {
    counts.set(institution.key, (counts.get(institution.key) ?? 0) + 1)
    return counts.get(institution.key) as number
  }
  const kindsOf = (key: string): readonly BillKind[] => BILLS.filter(({ institution }) => institution.key === key)
  const featured = CITIZENS.find(({ id }) => id === FEATURED.citizen) as Person
  const rows = Object.entries(FEATURED.bills).flatMap(([key, count]) =>
    Array.from({ length: count }, (_, index) => {
      const kind = kindsOf(key)[index % kindsOf(key).length] as BillKind
      return row(kind, featured, next(kind), 'month')
    }),
  )
  const others = CITIZENS.filter(({ id }) => id !== FEATURED.citizen)
  for (let index = 0; rows.length < BILLS_TOTAL; index += 1) {
    const person = others[index % others.length] as Person
    const kind = oneOf(BILLS, 'bill', index)
    rows.push(row(kind, person, next(kind), ''))
  }
  const notices = NOTICES.map((kind, index) => row(kind, oneOf(others, 'notice', index), next(kind), ''))
  return [HEADER, ...rows, ...notices].map((cells) => cells.map(quoted).join(',')).join('\n') + '\n'
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL('bills.csv', import.meta.url), makeBills())
