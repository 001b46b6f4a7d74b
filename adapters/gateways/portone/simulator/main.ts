import { runSimulator } from '../../../kit/simulator/run.ts'
import { openPortOne } from './open.ts'

runSimulator(openPortOne)
