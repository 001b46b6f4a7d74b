import { runSimulator } from '../../../../adapters/kit/simulator/run.ts'
import { openSample } from './open.ts'

runSimulator(openSample)
