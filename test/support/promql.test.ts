import { describe, expect, it } from '@jest/globals'
import { firing, groupsOf, metricsOf } from './promql.ts'
import { readScrape } from './scrape.ts'

const before = readScrape('# HELP a_total Things.\n# TYPE a_total counter\na_total{x="1",y="p"} 3\nb 1')
const after = readScrape('a_total{x="1",y="p"} 5\na_total{x="2",y="p"} 1\na_total{x="2",y="q"} 1\nb 9')

describe('the little of PromQL that tests of rules need', () => {
  it('names metrics and labels', () => {
    const rule = 'sum by (x, le) (increase(a_total{y=~"p|q"}[10m])) / max(b) > 0.5'
    expect(metricsOf(rule)).toEqual([
      { name: 'a_total', labels: ['y'] },
      { name: 'b', labels: [] },
    ])
    expect(groupsOf(rule)).toEqual(['x', 'le'])
  })

  it('says what fires', () => {
    expect(firing('sum by (x) (increase(a_total[10m])) > 1', before, after)).toEqual([{ x: '1' }, { x: '2' }])
    expect(firing('sum by (x) (increase(a_total{y="p"}[10m])) > 1', before, after)).toEqual([{ x: '1' }])
    expect(firing('sum by (x) (increase(a_total{y=~"q|r"}[10m])) > 0', before, after)).toEqual([{ x: '2' }])
    expect(firing('max(b) > 8', before, after)).toEqual([{}])
    expect(firing('max(b) > 9', before, after)).toEqual([])
    expect(() => firing('rate(b[1m])', before, after)).toThrow('form')
  })
})
