import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts'

/** Columns that Temporal's visibility store has for each type of search attribute (its schema for PostgreSQL). */
const COLUMNS = { bool: 3, datetime: 3, double: 3, int: 3, keyword: 10, text: 3, keyword_list: 3 } as const

describe('deploy/temporal/visibility.sql', () => {
  it('drops the index of every column that none of our search attributes takes, and of no other', () => {
    const types = Object.values(SEARCH_ATTRIBUTES).map((type) => type.toLowerCase())
    const unused = Object.entries(COLUMNS).flatMap(([type, columns]) => {
      const used = types.filter((one) => one === type).length
      return Array.from({ length: columns - used }, (_, index) => `by_${type}_${String(used + index + 1).padStart(2, '0')}`)
    })
    const text = readFileSync(new URL('../../deploy/temporal/visibility.sql', import.meta.url), 'utf8').replace(/^--.*$/gm, '')
    expect([...text.matchAll(/by_[a-z_]+_[0-9]{2}/g)].map(([name]) => name).sort()).toEqual(unused.sort())
  })
})
