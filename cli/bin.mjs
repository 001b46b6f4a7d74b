#!/usr/bin/env node
// goji: runs the TypeScript sources as they are. Plain JavaScript, as it has to say what is missing before they load.
import './check-node.mjs'
import { fileURLToPath } from 'node:url'

// In this process and not in one started from it: signals, the terminal and the exit code are then simply its own.
const { register } = await import('tsx/esm/api').catch(() => {
  console.error('The dependencies of Goji are not installed: run npm ci.')
  process.exit(4)
})
register()
process.argv[1] = fileURLToPath(new URL('./goji.ts', import.meta.url))
await import('./goji.ts')
