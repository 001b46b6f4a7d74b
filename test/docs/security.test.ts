import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from '@jest/globals'

const ROOT = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/security.md', ROOT), 'utf8')

it('names no test and no file that is not there', () => {
  const named = [...page.matchAll(/`((?:test|adapters|api|web|store|composition|workers|formats|batches|domain)(?:\/[\w.-]+)+)`/g)].map(
    ([, path]) => path ?? '',
  )
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((path) => !['', '.ts', '.test.ts'].some((end) => existsSync(new URL(`${path}${end}`, ROOT))))).toEqual([])
})

it('has a test for every threat', () => {
  const rows = page.split('\n').filter((line) => /^\| [STRIDE] \|/.test(line))
  expect(rows.length).toBeGreaterThan(25)
  expect(rows.filter((row) => !/`test\/|`adapters\/|contract suites/.test(row.split('|')[4] ?? ''))).toEqual([])
})
