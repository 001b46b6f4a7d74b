import type { Sample, Scrape } from './scrape.ts'

/** Words of the language that could be taken for names of metrics. */
const WORDS = new Set(['sum', 'max', 'by', 'increase', 'rate', 'histogram_quantile', 'and', 'or', 'unless', 'time'])

/** The metrics that an expression names, and the labels that it asks of each. */
export function metricsOf(expression: string): { name: string; labels: string[] }[] {
  const bare = expression.replace(/\bby \([^)]*\)/g, 'by ()').replace(/\[[^\]]*\]/g, '')
  return [...bare.matchAll(/([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?/g)]
    .filter(([, name = '']) => !WORDS.has(name))
    .map(([, name = '', labels = '']) => ({ name, labels: [...labels.matchAll(/(\w+)(?==)/g)].map(([label]) => label) }))
}

/** The labels that an expression groups by. */
export const groupsOf = (expression: string): string[] =>
  [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(',').map((label) => label.trim()))

const RULE = /^(sum|max)(?: by \(([^)]*)\))? \((?:(increase)\()?(\w+)(?:\{([^}]*)\})?(?:\[\w+\]\))?\) > ([\d.]+)$/

/**
 * Whether a rule fires between two scrapes, by its labels: for rules of the form `sum by (a) (increase(m{x="y"}[10m])) > 1`
 * and `max(m{x="y"}) > 1`, with `=` and `=~`. @throws Error for any other form.
 */
export function firing(rule: string, before: Scrape, after: Scrape): Record<string, string>[] {
  const [, how, by = '', increase, name, conditions = '', bound] = RULE.exec(rule.trim().replace(/^(sum|max)\(/, '$1 (')) ?? []
  if (how === undefined || name === undefined) throw new Error(`This rule is of a form that the tests do not know: ${rule}`)
  const labels = by === '' ? [] : by.split(',').map((label) => label.trim())
  const groups = new Map<string, { labels: Record<string, string>; value: number }>()
  for (const sample of after.samples.filter((one) => one.name === name && satisfies(one, conditions))) {
    const was = before.samples.find((one) => one.name === name && JSON.stringify(one.labels) === JSON.stringify(sample.labels))
    const value = sample.value - (increase === undefined ? 0 : (was?.value ?? 0))
    const group = Object.fromEntries(labels.map((label) => [label, sample.labels[label] ?? '']))
    const key = JSON.stringify(group)
    const known = groups.get(key)?.value
    groups.set(key, { labels: group, value: known === undefined ? value : how === 'sum' ? known + value : Math.max(known, value) })
  }
  return [...groups.values()].filter(({ value }) => value > Number(bound)).map((group) => group.labels)
}

const satisfies = ({ labels }: Sample, conditions: string): boolean =>
  [...conditions.matchAll(/(\w+)(=~|=)"([^"]*)"/g)].every(([, label = '', how, wanted = '']) =>
    how === '=' ? labels[label] === wanted : new RegExp(`^(?:${wanted})$`).test(labels[label] ?? ''),
  )
