/** One thing that must not stand in a source file, what to write in its place, and a sample of both. */
export interface Rule {
  readonly name: string
  /** Whether the rule holds in this file. */
  readonly covers: (path: string) => boolean
  /** The lines at fault, counted from 1. */
  readonly find: (text: string) => number[]
  readonly instead: string
  /** Proof that the rule sees what it looks for, and nothing beside it. */
  readonly planted: { readonly path: string; readonly bad: readonly string[]; readonly good: readonly string[] }
}

const isCode = (path: string): boolean => /\.(ts|mjs|cjs|sql)$/.test(path)
const isTest = (path: string): boolean => path.startsWith('test/') || path.endsWith('.test.ts')
const isTool = (path: string): boolean => isTest(path) || /^(scripts|bench|chaos|cli\/stack)\//.test(path)

/** Lines that match. The pattern must not be global: each line is asked by itself. */
export const linesThat =
  (pattern: RegExp) =>
  (text: string): number[] =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []))

const MONEY_WORD = '(?:[aA]mount|[mM]inor|[mM]oney|[oO]wed|[fF]ees?|[bB]alance|[sS]urcharge)'

const LINES_MAX = 250
/** A test is read case by case, so it may be longer. */
const TEST_LINES_MAX = 400

export const rules: readonly Rule[] = [
  {
    name: 'money is never a float',
    covers: (path) => isCode(path) && !isTool(path) && path !== 'domain/money.ts' && !path.endsWith('/progress.ts'),
    find: linesThat(
      new RegExp(
        `\\bparseFloat\\(|\\.toFixed\\(|\\b(?:Number|parseInt)\\([^()]*${MONEY_WORD}\\b|\\bMath\\.(?:round|floor|ceil|trunc)\\([^()]*${MONEY_WORD}\\b`,
      ),
    ),
    instead: 'read it with parseMoney, write it with formatAmount, take parts with percentOf or apportion (domain/money.ts)',
    planted: {
      path: 'web/words/money.ts',
      bad: [
        'const won = parseFloat(text)',
        'return Number(bill.amount)',
        'const pence = Math.round(fee * 100)',
        '(value).toFixed(2)',
        'Number(row.amountMinor)',
      ],
      good: [
        'const count = Number(row.count)',
        'const days = Math.round(length / DAY_MS)',
        'Math.ceil(total / limit)',
        'BigInt(row.amount)',
        'formatAmount(bill.amount)',
      ],
    },
  },
  {
    name: 'the environment is read in one place',
    covers: (path) =>
      isCode(path) &&
      !isTest(path) &&
      !path.startsWith('scripts/') &&
      !/^(composition\/config|cli\/settings|bench\/[a-z]+\/main|chaos\/main)\.ts$/.test(path),
    find: linesThat(/\bprocess\.env\b/),
    instead:
      'add the setting to the schema in composition/config.ts and hand it over as an argument (for the command line: cli/settings.ts)',
    planted: {
      path: 'api/app.ts',
      bad: ["const port = process.env['PORT']"],
      good: ['const { GOJI_PORT } = config', 'process.exitCode = 1'],
    },
  },
  {
    name: 'time is an argument',
    // In workflows Date is Temporal's own, which a replay repeats; an adapter talks to a machine that has its own clock.
    covers: (path) => isCode(path) && !isTool(path) && !/^(adapters|cli|workflows)\//.test(path) && path !== 'composition/clock.ts',
    find: linesThat(/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/),
    instead: 'take `now` (milliseconds) as an argument; it begins at the clock of composition/clock.ts',
    planted: {
      path: 'store/commands/pause-bill.ts',
      bad: ['const now = Date.now()', 'const at = new Date()', 'const start = performance.now()', 'const clock = Date.now'],
      good: ['const now = root.clock.now()', 'new Date(now).toISOString()'],
    },
  },
  {
    name: 'workflow code keeps no state in a module',
    // What workflows import from domain/ at run time, too.
    covers: (path) => path.startsWith('workflows/') || path === 'domain/signals.ts' || path === 'domain/search-attributes.ts',
    find: linesThat(/^(?:export )?(?:(?:let|var) |const \w+(?::[^=]+)? = (?:new (?:Weak)?(?:Map|Set)\b|\[\]|\{\}))/),
    instead: 'keep it in the run (a field of Life, a variable of the workflow): modules are shared by all runs of a worker',
    planted: {
      path: 'workflows/bill/life.ts',
      bad: [
        'let wakes = 0',
        'export let last: Stage',
        'const seen = new Map<string, number>()',
        'const known = new WeakSet()',
        'const cache: string[] = []',
      ],
      good: [
        "const STAGES = ['pay']",
        '  let stage = await issue(life)',
        'export const issue = (life: Life): Promise<Stage> => life.take()',
        '  readonly #seen = new Set()',
      ],
    },
  },
  {
    name: 'SQL stands in store/',
    // The local stack makes the database itself, before there is a schema.
    covers: (path) => /\.(ts|mjs)$/.test(path) && !isTest(path) && !/^(store|bench|chaos)\//.test(path) && path !== 'cli/stack/postgres.ts',
    find: linesThat(
      /\b(?:sql|tx|connection)(?:<[^`]*>)?`|\.unsafe\(|[`'"]\s*(?:select\s.*\sfrom|insert into|update\s.*\sset|delete from|create table|drop table)\s/i,
    ),
    instead: 'write one function per statement in store/, named after what it answers',
    planted: {
      path: 'activities/books.ts',
      bad: [
        'const [row] = await sql`select 1`',
        'await tx<Row[]>`update bills`',
        "query('SELECT id FROM bills')",
        "await client.unsafe('delete from bills')",
      ],
      good: ["'Select the bills that you want to pay'", 'await transaction(sql, (tx) => takeStep(tx, step))', "'update of the bill'"],
    },
  },
  {
    name: 'nothing is left to be fixed later',
    covers: () => true,
    find: linesThat(/\b(?:TODO|FIXME|HACK)\b|\bXXX:/),
    instead: 'do it now, or write down in docs/ that it is not done and why',
    planted: {
      path: 'domain/bill.ts',
      bad: ['// TODO: later', '/* FIXME */', '# XXX: hm'],
      good: ["['XXX', 'not a currency']", '// The todos of a clerk'],
    },
  },
  {
    name: 'no test is singled out',
    covers: isTest,
    find: linesThat(/\b(?:describe|it|test)(?:\.\w+)*\.only\b|\bf(?:it|describe)\(/),
    instead: 'run one file with `npm test -- path/to/file.test.ts`',
    planted: {
      path: 'test/a.test.ts',
      bad: ["it.only('a', run)", "describe.only.each(all)('b')", "fit('c', run)"],
      good: ["it('only once', run)", 'benefit(run)'],
    },
  },
  // A table of words is read by its key and gains nothing from being cut; nobody reads what is generated.
  lengthRule(
    'file',
    LINES_MAX,
    'domain/plan.ts',
    (path) => isCode(path) && !isTest(path) && !path.startsWith('web/texts/') && path !== 'client/schema.ts',
  ),
  lengthRule('test', TEST_LINES_MAX, 'test/domain/plan.test.ts', (path) => isCode(path) && isTest(path)),
  {
    name: 'nothing names a machine or a package registry',
    covers: (path) => path !== 'LICENSE',
    find: linesThat(
      /(?:^|[^\w.-])\/(?:work|root|tmp|Users)\/[a-z]|\/home\/(?!node\b)[a-z]|\bregistry\.(?:npmjs|yarnpkg|npmmirror)|\bproxy\.golang\.org|\brepo\d?\.maven|\bpypi\.org|files\.pythonhosted|\bunpkg\.com|\bjsdelivr/i,
    ),
    instead: 'use a path relative to the file or a folder of the system, and the registry that npm is set up with',
    planted: {
      path: 'docs/setup.md',
      bad: [
        'cd /root/goji',
        "readFileSync('/tmp/bills.csv')",
        '/home/me/goji',
        'https://registry.npmjs.org/x',
        'GOPROXY=https://proxy.golang.org',
      ],
      good: ["new URL('../docs/', import.meta.url)", "from '../work/item.ts'", '/home/node/app', 'https://example.org/root'],
    },
  },
]

function lengthRule(kind: string, max: number, sample: string, covers: (path: string) => boolean): Rule {
  return {
    name: `no ${kind} is over ${max} lines`,
    covers,
    find: (text) => (text.split('\n').length - 1 > max ? [max + 1] : []),
    instead: 'give each of its jobs a file of its own, named after it',
    planted: { path: sample, bad: ['\n'.repeat(max + 1)], good: ['\n'.repeat(max)] },
  }
}
