import { readdirSync, readFileSync } from 'node:fs'
import { machines } from '../domain/states/index.ts'
import { isFinal, type Machine } from '../domain/states/table.ts'
import { writePage } from './write-page.ts'

type AnyMachine = Machine<string, string>

const folder = new URL('../domain/states/', import.meta.url)
const sources = readdirSync(folder).map((file) => ({ file, source: readFileSync(new URL(file, folder), 'utf8') }))

/** The file of a machine and the comment above it: the reasons are written once, beside the table. */
function sourceOf(name: string): { file: string; comment: string } {
  const found = sources.find(({ source }) => source.includes(`  name: '${name}',`))
  const comment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const \w+: Machine</.exec(found?.source ?? '')?.[1]
  if (!found || comment === undefined)
    throw new Error(`The machine "${name}" needs a file in domain/states with a comment that says what its states mean.`)
  return { file: found.file, comment: comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim() }
}

function edgesOf(machine: AnyMachine): { from: string; event: string; to: string }[] {
  return Object.entries(machine.table).flatMap(([from, edges]) =>
    Object.entries(edges).flatMap(([event, to]) => (to === undefined ? [] : [{ from, event, to }])),
  )
}

function diagram(machine: AnyMachine): string {
  const ends = Object.keys(machine.table).filter((state) => isFinal(machine, state))
  const lines = [
    `[*] --> ${machine.initial}`,
    ...edgesOf(machine).map(({ from, event, to }) => `${from} --> ${to}: ${event}`),
    ...ends.map((state) => `${state} --> [*]`),
  ]
  return ['```mermaid', 'stateDiagram-v2', ...lines.map((line) => `  ${line}`), '```'].join('\n')
}

function table(machine: AnyMachine): string {
  const events = [...new Set(edgesOf(machine).map(({ event }) => event))]
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(['', ...events]),
    row(['---', ...events.map(() => '---')]),
    ...Object.entries(machine.table).map(([state, edges]) => row([`**${state}**`, ...events.map((event) => edges[event] ?? '')])),
  ].join('\n')
}

function section(machine: AnyMachine): string {
  const { file, comment } = sourceOf(machine.name)
  return [
    `## ${machine.name}`,
    comment,
    diagram(machine),
    table(machine),
    `Source: [domain/states/${file}](../domain/states/${file}).`,
  ].join('\n\n')
}

/** The whole page, as Markdown. */
export function drawStateMachines(): string {
  const intro = [
    '# State machines',
    'Every machine is one table in `domain/states`: state and event give the next state. A move that is not in the table',
    'is refused with `<machine>_transition_illegal`, and the database refuses it again. An empty cell below is such a move.',
    'This page is drawn from the tables by `npm run docs`.',
  ]
  return [`${intro[0]}\n\n${intro.slice(1).join('\n')}`, ...machines.map(section)].join('\n\n') + '\n'
}

writePage(import.meta.url, 'state-machines.md', drawStateMachines)
