import { runSimulator } from '../../../kit/simulator/run.ts'
import { openSolapi } from '../../../providers/solapi/simulator/open.ts'

runSimulator((flags) => openSolapi(flags, { channel: 'sms', templates: [] }))
