// npm run fuzz [-- --examples 200] [-- --seed 7]: asks the API at random for longer, or from another beginning, than the tests do.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { examples: { type: 'string', default: '50' }, seed: { type: 'string' } } })
for (const [name, value] of Object.entries(values)) {
  if (!/^[1-9][0-9]{0,8}$/.test(value)) throw new Error(`--${name} takes a whole number above zero.`)
}
const seed = values.seed ?? String(1 + Math.floor(Math.random() * 999_999_999))
console.log(`${values.examples} examples of each operation, seed ${seed}`)
const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('test.mjs', import.meta.url)), 'test/fuzz'], {
  stdio: 'inherit',
  env: { ...process.env, GOJI_FUZZ_EXAMPLES: values.examples, GOJI_FUZZ_SEED: seed },
})
process.exitCode = status ?? 1
