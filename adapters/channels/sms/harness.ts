import { fileURLToPath } from 'node:url'
import { startSolapiHarness } from '../../providers/solapi/harness.ts'
import { adapter } from './index.ts'
import { manifest } from './simulator/manifest.ts'

export const abilities = ['shows', 'brief', 'fails', 'losesAnswers', 'reports', 'crashes'] as const

export const unavailable = (): null => null

export const startHarness = () => startSolapiHarness(adapter, fileURLToPath(new URL('simulator/main.ts', import.meta.url)), manifest)
