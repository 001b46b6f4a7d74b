import { relative } from 'node:path'

/**
 * Sums up jest's results: the counts, and a line for each suite that could not run or was skipped, with the reason
 * that its name carries (`describeIf` in test/support/skip.ts puts it there).
 */
export function countTests(results, root) {
  const files = results.testResults
  // A file that fails before its first test has none to count, so it counts as one failure itself.
  const broken = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  const skips = new Map()
  for (const { name, assertionResults } of files) {
    for (const { status, ancestorTitles, title } of assertionResults) {
      if (status === 'passed' || status === 'failed') continue
      const suite = [...ancestorTitles, title].find((part) => part.includes('[skipped: '))
      const key = `${relative(root, name)}: ${suite ?? `${[...ancestorTitles, title].join(' › ')} [no reason given]`}`
      skips.set(key, (skips.get(key) ?? 0) + 1)
    }
  }
  const skipped = [...skips.values()].reduce((a, b) => a + b, 0)
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length,
    skipped,
    lines: [
      ...broken.map(({ name }) => `Failed as a whole: ${relative(root, name)}`),
      ...(skips.size > 0 ? ['Skipped:'] : []),
      ...[...skips].map(([what, count]) => `  ${what} (${count === 1 ? '1 test' : `${count} tests`})`),
    ],
  }
}
