import { localBooks, type Timeouts, timeouts } from '../workflows/timeouts.ts'
import { writePage } from './write-page.ts'

const text = (value: string | number | undefined): string => (value === undefined ? '' : String(value))

function row(name: string, { options, exhausted, final }: Timeouts): string {
  const { startToCloseTimeout, heartbeatTimeout, retry } = options
  const waits =
    retry.initialInterval === undefined
      ? ''
      : `${text(retry.initialInterval)} × ${text(retry.backoffCoefficient)}, at most ${text(retry.maximumInterval)}`
  const cells = [
    `\`${name}\``,
    text(startToCloseTimeout),
    text(heartbeatTimeout),
    text(retry.maximumAttempts ?? 'no limit'),
    waits,
    final,
    exhausted,
  ]
  return `| ${cells.join(' | ')} |`
}

/** The whole page, as Markdown. */
export function listTimeouts(): string {
  return `# Timeouts

What the engine does when an activity fails, from \`workflows/timeouts.ts\`; there are no other settings. A failed
activity never fails the workflow of a bill: the last column says what happens instead. This page is made by
\`npm run docs\`.

Bookkeeping (\`look\`, \`takeStep\`, \`closeDelivery\`) first runs as a local activity for ${text(localBooks.scheduleToCloseTimeout)}, in at most
${text(localBooks.retry.maximumAttempts)} attempts of ${text(localBooks.startToCloseTimeout)}; the row below is how it goes on when the store did not answer in that time.

| Activity | One attempt | Heartbeat | Attempts | Waits between | Not retried | When they are used up |
| --- | --- | --- | --- | --- | --- | --- |
${Object.entries(timeouts)
  .map(([name, entry]) => row(name, entry))
  .join('\n')}
`
}

writePage(import.meta.url, 'timeouts.md', listTimeouts)
