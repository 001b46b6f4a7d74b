import { parseArgs } from 'node:util'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { measure } from './measure.ts'
import { compare } from './report.ts'

const HELP = `npm run bench:lifecycle -- [--lives 600] [--rounds 4] [--window 60] [--pause 500] [--only engine] [--json]
Lives of a bill per second, side by side on one server: the engine, a bare workflow (the floor), the floor with the same
SQL, and the same life written after the samples. Then all of it once more on a Temporal server that prepares its
statements, which lifts the floor itself. Ends with one line or object of JSON. About ten minutes.`

const { values } = parseArgs({
  options: {
    lives: { type: 'string', default: '600' },
    rounds: { type: 'string', default: '4' },
    window: { type: 'string', default: '60' },
    pause: { type: 'string', default: '500' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
Runtime.install({ logger: new DefaultLogger('ERROR') })
const options = {
  lives: Number(values.lives),
  rounds: Number(values.rounds),
  window: Number(values.window),
  pause: Number(values.pause),
  only: values.only,
  environment: process.env,
  say: (line: string): void => void process.stderr.write(`${line}\n`),
}
if (options.only !== undefined) {
  console.log(JSON.stringify(await measure('postgres12', options)))
} else {
  const usual = compare(await measure('postgres12', options))
  const prepared = compare(await measure('postgres12_pgx', options))
  const { lives, rounds, window, pause } = options
  const summary = { ...usual, with_prepared_statements: prepared, lives, rounds, window, pause_ms: pause }
  const lines = Object.entries(summary).map(([name, value]) => `${name.padEnd(24)} ${JSON.stringify(value)}`)
  console.log(values.json ? JSON.stringify(summary) : lines.join('\n'))
}
