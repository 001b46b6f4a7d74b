import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { checkSync } from 'recheck'
import ts from 'typescript'

// Goal: no text of 50 kB keeps a process busy because of a pattern that goes over it again and again.
// Method: every pattern in code that reads what comes from outside is looked at by a checker, which finds the text that would
// be slow. That is better than measuring: a clock says something of one machine, one moment, and the texts that one thought of.

const root = fileURLToPath(new URL('../../', import.meta.url))
const READS_OUTSIDE = /^(?:activities|adapters|api|batches|composition|domain|formats|store|web|workers|workflows)\/.*\.ts$/
const NOT_IN_SERVICE = /\.test\.ts$|\/simulator\/|\/harness\.ts$|^web\/assets\//

/** Patterns that take the square of a text's length or more, and why the text is never long. */
const ON_SHORT_TEXTS: Readonly<Record<string, string>> = {
  '/\\B(?=(\\d{3})+$)/g': 'the whole part of an amount of ours: at most 13 digits',
  '/^_+|_+$/g': 'a code in which every other sign has become one underscore before, so that no two stand together',
  '/0+$/': 'the fraction of a number that had at most 40 digits before the point was moved by at most 999',
  '/\\..*$/': 'the same number',
  '/\\/+$/': 'an address in a setting of our own',
  '/^-- covers: (I\\d+(?:, I\\d+)*)\\n-- holds: (always|rest|end)\\n-- see: (.+)\\n-- (.+)\\n/': 'the head of a file of our own',
  '/"[^"]*"|\\[[^\\]]*\\]|[\\\\_*]./g': 'a format of at most 255 characters',
}

/** The checker gives up on these; each is tied to the beginning of the text and every repetition in it is counted. */
const COUNTED = /^\/\^(?!.*(?:[*+]|\{\d+,\}).*(?:[*+]|\{\d+,\})).*\{\d+,\d+\}/

function patternsOf(path: string): { text: string; at: string }[] {
  const source = ts.createSourceFile(path, readFileSync(root + path, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: { text: string; at: string }[] = []
  const walk = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node))
      found.push({ text: node.text, at: `${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}` })
    ts.forEachChild(node, walk)
  }
  walk(source)
  return found
}

const judge = (text: string): string => {
  const end = text.lastIndexOf('/')
  const { status } = checkSync(text.slice(1, end), text.slice(end + 1), { timeout: 20_000 })
  return status === 'unknown' && COUNTED.test(text) ? 'safe' : status
}

describe('the patterns that read what comes from outside', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n')
  const patterns = files.filter((path) => READS_OUTSIDE.test(path) && !NOT_IN_SERVICE.test(path)).flatMap(patternsOf)
  const places = new Map(patterns.map(({ text, at }) => [text, at]))

  it('take time in proportion to the text, or a text that is short', () => {
    expect(places.size).toBeGreaterThan(100)
    const slow = [...places].filter(([text]) => !Object.hasOwn(ON_SHORT_TEXTS, text) && judge(text) !== 'safe')
    expect(slow.map(([text, at]) => `${at}: ${text}`)).toEqual([])
  }, 300_000)

  it('are excused only while they are there', () => {
    expect(Object.keys(ON_SHORT_TEXTS).filter((text) => !places.has(text))).toEqual([])
  })

  it('would be found where they are slow', () => {
    for (const text of ['/^(a+)+$/', '/(?:\\s*,\\s*)+x/', '/^(.*?,){11}P/']) expect([text, judge(text)]).toEqual([text, 'vulnerable'])
  })
})
