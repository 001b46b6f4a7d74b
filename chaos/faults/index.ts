import { f12 } from './disk.ts'
import type { Fault } from './fault.ts'
import { f13, f14, f15, f16, f17, f18, f19, f24 } from './gateway.ts'
import { f22, f23, f26, f27, f28 } from './network.ts'
import { f20, f21 } from './people.ts'
import { f10, f11, f6, f7, f8, f9 } from './servers.ts'
import { f1, f2, f3, f4, f5 } from './workers.ts'

/** Every fault that there is. F25 (another build), F29 (a restore) and F30 (limits) are left out: docs/chaos.md says why. */
export const FAULTS: readonly Fault[] = [
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  f13,
  f14,
  f15,
  f16,
  f17,
  f18,
  f19,
  f20,
  f21,
  f22,
  f23,
  f24,
  f26,
  f27,
  f28,
]

/** Those of these names. @throws Error naming what there is, for a name that is not one of them. */
export function faultsNamed(names: readonly string[]): Fault[] {
  return names.map((name) => {
    const found = FAULTS.find(({ id }) => id === name)
    if (found === undefined) throw new Error(`There is no fault ${name}. There are: ${FAULTS.map(({ id }) => id).join(', ')}.`)
    return found
  })
}
