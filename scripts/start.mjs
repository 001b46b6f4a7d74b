// npm start [-- OPTIONS]: installs what is missing, then `goji up`. It needs nothing but Node. What it says goes to
// standard error, so that the last line of `npm start -- --once --json` is the JSON alone.
import '../cli/check-node.mjs'
import { ensureInstalled } from './ensure-install.mjs'

try {
  await ensureInstalled()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
process.argv.splice(2, 0, 'up')
await import('../cli/bin.mjs')
