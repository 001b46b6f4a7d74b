import type { Stage } from '../../domain/step.ts'
import type { Life } from './life.ts'

/**
 * The bill is there. It is issued at its own date, at once if that has come; a run that starts over an older bill finds
 * this step taken and learns where the bill stands.
 */
export const issue = (life: Life): Promise<Stage> => life.take('issue')
