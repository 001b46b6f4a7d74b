// Who may import whom: docs/architecture.md says why. Folders are named from the root; tests may import anything.
const TESTS = '\\.test\\.ts$|(^|/)(harness|simulator-bench)\\.ts$'

/** A rule that modules under `from` import nothing but what `to` names. */
const only = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TESTS },
  to: { pathNot: to },
})

module.exports = {
  forbidden: [
    only('domain-is-pure', 'The domain imports itself and decimal.js: what it knows reaches it as an argument.', '^domain/', [
      '^domain/',
      '^node_modules/decimal\\.js/',
    ]),
    only('workflows-are-deterministic', 'A workflow imports the domain and the SDK, and activities as types only.', '^workflows/', [
      '^workflows/',
      '^domain/',
      '^activities/',
      '^node_modules/@temporalio/(workflow|common)/',
    ]),
    {
      name: 'workflows-call-activities-by-type',
      comment: 'A value import would bundle an activity, and all it imports, into replayed code.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    only('activities-receive-ports', 'An activity imports the domain and the store. Adapters are handed to it.', '^activities/', [
      '^activities/',
      '^domain/',
      '^store/',
      '^node_modules/@temporalio/(activity|common)/',
      '^(node:)?(crypto|timers)',
    ]),
    {
      name: 'adapters-stand-alone',
      comment: 'An adapter imports the domain, its own folder and what adapters share: another one’s code, or ours, never.',
      severity: 'error',
      from: { path: '^adapters/(channels|gateways)/([^/]+)/', pathNot: TESTS },
      to: {
        path: '^[a-z]+/',
        dependencyTypesNot: ['core'],
        pathNot: ['^domain/', '^adapters/$1/$2/', '^adapters/(kit|providers)/', '^node_modules/'],
      },
    },
    {
      name: 'providers-stand-alone',
      comment: 'What several channels of one provider share imports no channel and no other provider.',
      severity: 'error',
      from: { path: '^adapters/(kit|providers/[^/]+)/', pathNot: TESTS },
      to: { path: '^[a-z]+/', dependencyTypesNot: ['core'], pathNot: ['^domain/', '^adapters/$1/', '^adapters/kit/', '^node_modules/'] },
    },
    {
      name: 'simulators-are-not-shipped',
      comment: 'A deployment talks to the provider: only simulators and tests use what simulators are made of.',
      severity: 'error',
      from: { pathNot: ['^adapters/kit/simulator/', '^(adapters/[a-z]+|scripts/templates)/[^/]+/simulator/', '^test/', TESTS] },
      to: { path: '^adapters/(kit|[a-z]+/[^/]+)/simulator/' },
    },
    only('formats-only-read', 'A format turns bytes into records: it knows no database, no provider and no engine.', '^formats/', [
      '^formats/',
      '^domain/',
      '^node_modules/(saxes|xmlchars|iconv-lite|safer-buffer)/',
      '^crypto$',
    ]),
    {
      name: 'store-keeps-the-books',
      comment: 'The store imports the domain and its database driver.',
      severity: 'error',
      from: { path: '^store/', pathNot: TESTS },
      to: { dependencyTypesNot: ['core'], pathNot: ['^store/', '^domain/', '^node_modules/(postgres|postgrator)/'] },
    },
    only('client-stands-alone', 'Institutions take the folder as it is: it needs openapi-fetch and nothing of ours.', '^client/', [
      '^client/',
      '^node_modules/openapi-fetch/',
      '^(node:)?(crypto|timers)',
    ]),
    {
      name: 'files-of-bills-are-read-alone',
      comment: 'The reader of files knows the domain and the schemas: it sends nothing and stores nothing.',
      severity: 'error',
      from: { path: '^batches/' },
      to: {
        path: '^[a-z]+/',
        dependencyTypesNot: ['core'],
        pathNot: ['^batches/', '^domain/', '^schemas/', '^node_modules/'],
      },
    },
    only('schemas-stand-alone', 'A schema says what may be written to us: it imports the domain and zod.', '^schemas/', [
      '^schemas/',
      '^domain/',
      '^store/ids',
      '^node_modules/zod/',
    ]),
    {
      name: 'pages-call-no-endpoint',
      comment: 'The API mounts the pages, and they go to the books by themselves: what both need is no part of either.',
      severity: 'error',
      from: { path: '^web/', pathNot: TESTS },
      to: { path: '^api/' },
    },
    {
      name: 'adapters-through-composition',
      comment: 'Adapters are found and made in composition/ alone; everyone else is handed a port.',
      severity: 'error',
      from: { pathNot: ['^composition/', '^adapters/', '^scripts/templates/', '^test/', TESTS] },
      to: { path: '^adapters/' },
    },
    {
      name: 'tests-are-not-shipped',
      comment: 'What runs in production does not import what only tests need.',
      severity: 'error',
      from: { pathNot: ['^test/', '^bench/', '^chaos/', '^scripts/', TESTS] },
      to: { path: ['^test/', TESTS, '^bench/', '^chaos/'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'no-unknown', comment: 'An import leads nowhere.', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing: is it still used?',
      severity: 'error',
      from: { orphan: true, path: '^(domain|workflows|activities|store|composition|formats|batches|schemas|api|web)/' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.goji|docs)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
