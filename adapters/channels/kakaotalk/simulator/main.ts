import { runSimulator } from '../../../kit/simulator/run.ts'
import { openSolapi } from '../../../providers/solapi/simulator/open.ts'
import { PF_ID, TEMPLATES } from './templates.ts'

const templates = Object.values(TEMPLATES).flatMap((of) => Object.values(of).map((template) => ({ ...template, pfId: PF_ID })))
runSimulator((flags) => openSolapi(flags, { channel: 'kakaotalk', templates }))
