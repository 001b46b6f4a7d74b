import { type Invariant, invariants } from '../store/invariants/definitions.ts'
import { type Promised, promises } from './invariant-coverage.ts'
import { writePage } from './write-page.ts'

const list = (items: readonly string[], wrap = (item: string): string => `\`${item}\``): string =>
  items.length === 0 ? '–' : items.map(wrap).join(', ')

const WHEN: Readonly<Record<Invariant['holds'], string>> = {
  always: 'always',
  rest: 'when nothing is under way',
  end: 'when everything has ended',
}

function promiseRow({ id, says, checker = [], refused = [], tests = [], open }: Promised): string {
  const views = invariants().filter(({ covers }) => covers.includes(id))
  const suites = list(tests, (path) => `[${path.replace(/^test\/|\.test\.ts$/g, '')}](../${path})`)
  const cells = [
    id,
    says,
    list(
      views.map(({ name }) => name),
      (name) => `[${name}](#views)`,
    ),
    list(checker, (rule) => rule),
    list(refused),
    suites,
    open ?? '',
  ]
  return `| ${cells.join(' | ')} |`
}

const viewRow = ({ name, says, holds, covers, see }: Invariant): string =>
  `| [\`${name}\`](../store/invariants/${name}.sql) | ${says} | ${WHEN[holds]} | ${covers.join(', ')} | ${see} |`

/** The whole page, as Markdown. */
export function listInvariants(): string {
  return `# Invariants

What must be true of the books and of what the engine does outside, and what checks it. This page is made by \`npm run docs\`
from \`store/invariants\` and \`scripts/invariant-coverage.ts\`; a test sees that everything named here is there.

- A **view** in the schema \`goji_invariants\` lists what contradicts it, by ids and without personal data. \`goji doctor\` counts
  those that hold always. Each is proven by books that were broken on purpose.
- The **outside checker** (\`test/checker\`) runs the same queries from their files in the read-only role, and compares with what other
  processes wrote: the gateway's journal, the mailbox, settlement files, published totals.
- What the **database refuses** cannot be written, whoever tries.
- Every suite over the store ends with all of the views that hold always, and finds them empty.

[ADR 20](adr/0020-invariants.md) says why it is built like this; the [runbook](runbook.md#an-invariant-is-violated) what to do when one is violated.

## Promises

| | Promise | Views | Outside checker | The database refuses | Suites | Not covered |
| --- | --- | --- | --- | --- | --- | --- |
${promises.map(promiseRow).join('\n')}

## Views

| View | What holds | When | Promises | In the runbook |
| --- | --- | --- | --- | --- |
${invariants().map(viewRow).join('\n')}
`
}

writePage(import.meta.url, 'invariants.md', listInvariants)
