import type { Shown } from '../../activities/books.ts'
import type { Stage, Step } from '../../domain/step.ts'
import { Forgotten } from './books.ts'
import { deliver } from './deliver.ts'
import { issue } from './issue.ts'
import { Life } from './life.ts'
import { pay } from './pay.ts'
import { reconcile } from './reconcile.ts'
import { refund } from './refund.ts'
import { remind } from './remind.ts'

/** Does a step that is due, and answers where the bill stands then. */
const stages: Record<Exclude<Stage, 'closed'>, (life: Life, step: Step) => Promise<Stage>> = {
  issue,
  deliver,
  remind,
  pay,
  reconcile,
  refund,
}

/**
 * The life of one bill, from its issue to its close. A stage does the step that is due and returns; the plan, a pure function
 * of the books, names the next stage and step. Until a step is due the run rests. A run ends only when no signal came since its last reading; what happens to a closed
 * bill later (a refund, a late transfer) opens another run, which starts from the books. Where the books were put back from
 * a copy that does not know the bill, its run ends: should they know it again one day, the sweep gives it another.
 */
export async function bill({ billId, shown }: { billId: string; shown?: Shown }): Promise<void> {
  const life = new Life(billId, shown)
  try {
    await live(life)
  } catch (error) {
    if (!(error instanceof Forgotten)) throw error
    life.showForgotten()
  }
}

async function live(life: Life): Promise<void> {
  let stage = await issue(life)
  for (;;) {
    while (stage !== 'closed') {
      const step = life.due
      if (step !== null) {
        stage = await stages[stage](life, step)
        continue
      }
      await life.rest()
      stage = await life.look()
    }
    if (!life.woken) return
    stage = await life.look()
  }
}
