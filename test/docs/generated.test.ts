import { readFileSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import { drawStateMachines } from '../../scripts/draw-state-machines.ts'
import { listInvariants } from '../../scripts/list-invariants.ts'
import { listNouns } from '../../scripts/list-nouns.ts'
import { listSettings } from '../../scripts/list-settings.ts'
import { listTimeouts } from '../../scripts/list-timeouts.ts'

it.each([
  ['state-machines.md', drawStateMachines],
  ['timeouts.md', listTimeouts],
  ['settings.md', listSettings],
  ['api.md', listNouns],
  ['invariants.md', listInvariants],
])('docs/%s is what the code says; else run `npm run docs`', (page, make) => {
  expect(readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')).toBe(make())
})
