import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { startTestStack } from '../support/test-stack.ts'
import { lives } from './lives.ts'
import { plain } from './saved-histories.ts'
import { startWorld, type World } from './world.ts'

/**
 * Lives the bills of `lives.ts` on a server of its own and keeps their histories, which every later version of the
 * workflows has to be able to go on from: `npx tsx test/replay/save-histories.ts`. With names of lives, only those.
 */
const FOLDER = fileURLToPath(new URL('./histories/', import.meta.url))
/** Workflows whose ids begin with another word than their name. */
const KINDS: Readonly<Record<string, string>> = { batch: 'issueBatch' }
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

async function save(world: World, name: string, workflowId: string): Promise<void> {
  const prefix = workflowId.slice(0, workflowId.indexOf(':'))
  const kind = KINDS[prefix] ?? prefix
  const runs = []
  for await (const run of world.engine.client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) runs.push(run)
  runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime())
  for (const [index, { runId }] of runs.entries()) {
    const history = await world.engine.client.workflow.getHandle(workflowId, runId).fetchHistory()
    // Where the source lay on the machine stands in the stacks of failures, and nobody else has that folder.
    const text = JSON.stringify({ events: (history.events ?? []).map(plain) }, undefined, 1).replaceAll(ROOT, '')
    const file = [name, kind, ...(index > 0 ? [String(index + 1)] : []), 'json'].join('.')
    writeFileSync(`${FOLDER}${file}`, `${text}\n`)
    console.log(`  ${file}: ${history.events?.length ?? 0} events`)
  }
}

Runtime.install({ logger: new DefaultLogger('ERROR') })
const wanted = process.argv.slice(2)
const names = Object.keys(lives).filter((name) => wanted.length === 0 || wanted.includes(name))
mkdirSync(FOLDER, { recursive: true })
for (const file of readdirSync(FOLDER)) if (names.includes(file.slice(0, file.indexOf('.')))) rmSync(`${FOLDER}${file}`)
const stack = await startTestStack(process.env)
process.env['GOJI_TEST_STACK'] = stack.url
const world = await startWorld()
try {
  for (const name of names) {
    const workflowIds = (await lives[name]?.(world)) ?? []
    for (const workflowId of workflowIds) await save(world, name, workflowId)
  }
} finally {
  await world.stop()
  await stack.stop()
}
