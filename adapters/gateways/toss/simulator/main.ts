import { runSimulator } from '../../../kit/simulator/run.ts'
import { openToss } from './open.ts'

runSimulator(openToss)
