import type { Stage } from '../../domain/step.ts'
import type { Life } from './life.ts'

/**
 * The bill is there. It is issued at its own date, at once if that has come; a run that starts over an older bill finds
 * this step taken and learns where the bill stands.
 */
export async function issue(life: Life): Promise<Stage> {
  if (life.view !== undefined && life.due === null) return life.rest()
  return life.take('issue')
}
