import { chain } from './chain.ts'
import { crash } from './crash.ts'
import type { Demo } from './demo.ts'
import { lateFile } from './late-file.ts'
import { objection } from './objection.ts'
import { payAll } from './pay-all.ts'
import { twice } from './twice.ts'

/** Every scenario, in the order of their numbers. */
export const DEMOS: readonly Demo[] = [chain, payAll, twice, lateFile, objection, crash]
