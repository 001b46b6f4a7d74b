import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly runbook: string }
}
const rules = (parse(read('deploy/prometheus/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules)

/** The sections of the runbook by their anchors, as GitHub makes them. */
const sections = new Map(
  read('docs/runbook.md')
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const [title = '', ...rest] = text.split('\n')
      return [
        title
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .trim()
          .replace(/\s/g, '-'),
        rest.join('\n'),
      ] as const
    }),
)

describe.each(rules.map((rule) => [rule.alert, rule] as const))('the alert %s', (_, rule) => {
  it('says when, how bad and what', () => {
    expect(rule.for).toMatch(/^\d+[mh]$/)
    expect(['page', 'ticket']).toContain(rule.labels.severity)
    expect(rule.annotations.summary).toMatch(/\.$/)
  })

  it('leads to a section of the runbook', () => {
    const [page, anchor = ''] = rule.annotations.runbook.split('#')
    expect(page).toBe('docs/runbook.md')
    expect([...sections.keys()]).toContain(anchor)
  })
})

describe.each([...sections].filter(([anchor]) => anchor.startsWith('alert-')))('the section %s', (anchor, text) => {
  it('is that of an alert, which it names', () => {
    const own = rules.filter(({ annotations }) => annotations.runbook.endsWith(`#${anchor}`)).map(({ alert }) => alert)
    expect(own.length).toBeGreaterThan(0)
    for (const alert of own) expect(text).toContain(`\`${alert}\``)
  })

  it.each(['What it means', 'How to look', 'What to do'])('has the paragraph "%s"', (title) => {
    expect(new RegExp(`\\*\\*${title}\\.\\*\\* \\S[^\\n]{30}`).test(text)).toBe(true)
  })
})

it('the names of alerts are each used once', () => {
  const names = rules.map(({ alert }) => alert)
  expect(new Set(names).size).toBe(names.length)
})
