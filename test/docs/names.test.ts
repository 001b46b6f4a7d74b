import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import type { Command } from 'commander'
import { createProgram } from '../../cli/program.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
const pages = ['', 'docs', 'docs/adr', 'docs/demos'].flatMap(markdownIn)

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Readonly<Record<string, string>> }
const program = createProgram()

/** The headings of a page as GitHub makes anchors of them. */
const anchorsOf = (path: string): string[] =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )

/** What a link leads to that is not there, or null. */
function broken(page: string, target: string): string | null {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : normalize(join(dirname(page), path))
  if (!existsSync(join(ROOT, file))) return file
  return anchor === undefined || anchorsOf(file).includes(anchor) ? null : `${file}#${anchor}`
}

/** What a line of `goji …` names that the program does not have, or null. */
function unknownIn(line: string): string | null {
  let command: Command = program
  const words = line.split(/\s+/)
  for (;;) {
    const next = command.commands.find((one) => one.name() === words[0]?.replace(/[.,;:]$/, ''))
    if (next === undefined) break
    command = next
    words.shift()
  }
  if (command === program || (command.commands.length > 0 && /^[a-z]/.test(words[0] ?? ''))) return words[0] ?? ''
  const options = words.map((word) => /^--?[a-z][a-z-]*/.exec(word)?.[0] ?? '').filter((word) => word !== '' && word !== '--help')
  return options.find((word) => !command.options.some(({ long, short }) => long === word || short === word)) ?? null
}

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found)

  it('links to pages and headings that are there', () => {
    // `stages[stage](life)` looks like a link and is none.
    const targets = all(/\]\(([^)\s]+)\)/g).filter((target) => !/^https?:/.test(target) && target !== 'life')
    expect(targets.map((target) => broken(page, target)).filter((found) => found !== null)).toEqual([])
  })

  it('names scripts that package.json has', () => {
    expect(all(/npm run ([a-z]+(?::[a-z]+)*)/g).filter((name) => scripts[name] === undefined)).toEqual([])
  })

  it('names commands and options that there are', () => {
    // In code alone: a line of a block, or a span.
    const lines = all(/(?:`|^\$? *|&& |npx )goji ([a-z][^`'"|#&\n]*)/gm)
    expect(lines.map(unknownIn).filter((found) => found !== null)).toEqual([])
  })
})

it('finds what it looks for', () => {
  expect(unknownIn('bills lst')).toBe('lst')
  expect(unknownIn('bills list --limit 3 --sort id')).toBe('--sort')
  expect(unknownIn('bill list')).toBe('bill')
  expect(broken('docs/cli.md', 'nowhere.md')).toBe('docs/nowhere.md')
  expect(broken('docs/cli.md', 'runbook.md#nowhere')).toBe('docs/runbook.md#nowhere')
})
