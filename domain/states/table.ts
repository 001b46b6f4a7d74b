import { conflict } from '../errors.ts'

/**
 * A state machine as data: state → event → next state. Every legal move is an edge with a name; whatever is not in
 * the table is refused. The database holds the same edges and enforces them again (store/migrations).
 */
export type StateTable<S extends string, E extends string> = Readonly<Record<S, Readonly<Partial<Record<E, S>>>>>

export interface Machine<S extends string, E extends string> {
  readonly name: string
  readonly initial: S
  readonly table: StateTable<S, E>
}

/**
 * The state after `event`.
 * @throws GojiError `<name>_transition_illegal` (conflict) where the table has no such edge.
 */
export function transition<S extends string, E extends string>(machine: Machine<S, E>, from: S, event: E): S {
  const to = machine.table[from][event]
  if (to === undefined) {
    throw conflict(
      `${machine.name}_transition_illegal`,
      `A ${machine.name} that is ${from} cannot take "${event}". Read it again and decide anew.`,
    )
  }
  return to
}

export const allows = <S extends string, E extends string>(machine: Machine<S, E>, from: S, event: E): boolean =>
  machine.table[from][event] !== undefined

/** A state that no edge leaves. */
export const isFinal = <S extends string, E extends string>(machine: Machine<S, E>, state: S): boolean =>
  Object.keys(machine.table[state]).length === 0
