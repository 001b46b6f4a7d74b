import { runSimulator } from '../../../kit/simulator/run.ts'
import { openBank } from './open.ts'

runSimulator(openBank)
