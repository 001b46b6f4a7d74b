import { runSimulator } from '../../../kit/simulator/run.ts'
import { openSolapi } from '../../../providers/solapi/simulator/open.ts'
import { PF_ID, TEMPLATES } from './templates.ts'

const approved: readonly (typeof TEMPLATES.notice | typeof TEMPLATES.reminder)[] = [TEMPLATES.notice, TEMPLATES.reminder]
const templates = approved
  .flatMap((of) => Object.values<{ id: string; text: string }>(of))
  .map((template) => ({ ...template, pfId: PF_ID }))
runSimulator((flags) => openSolapi(flags, { channel: 'kakaotalk', templates }))
