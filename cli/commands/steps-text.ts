import type { Schemas } from '../../client/index.ts'
import { table } from '../output.ts'

/** The steps ahead, or what the bill waits for. */
export const stepsText = ({ next, steps }: Schemas['Forecast']): string =>
  steps.length === 0
    ? `Nothing happens by itself: ${next.code}.`
    : table(steps, [
        { title: 'at', value: ({ at }) => at ?? '-' },
        { title: 'stage', value: ({ stage }) => stage },
        { title: 'what', value: ({ code }) => code },
        { title: 'channel', value: ({ channel }) => channel ?? '-' },
      ])
