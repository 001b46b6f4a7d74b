import { describe, expect, it } from '@jest/globals'
import { isFinalStatus, isPayable } from '../../domain/states/bill.ts'
import { machines } from '../../domain/states/index.ts'
import { allows, isFinal, transition } from '../../domain/states/table.ts'
import { expected } from './expected.ts'

/** Reads a table drawn with spaces: the first row names the events, the first column the states. */
function parse(drawing: string): { events: string[]; rows: Map<string, string[]> } {
  const [head = [], ...rows] = drawing
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  return { events: head, rows: new Map(rows.map(([state = '', ...cells]) => [state, cells])) }
}

it('every machine has an expected table and the reverse', () => {
  expect(machines.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort())
})

describe.each(machines)('$name', (machine) => {
  const { drawing, final } = expected[machine.name] ?? { drawing: '', final: [] }
  const { events, rows } = parse(drawing)
  const states = Object.keys(machine.table)

  it('has the states and events that are expected', () => {
    expect([...states].sort()).toEqual([...rows.keys()].sort())
    expect([...new Set(Object.values(machine.table).flatMap((edges) => Object.keys(edges)))].sort()).toEqual([...events].sort())
  })

  it('answers every state and event as expected', () => {
    for (const [state, cells] of rows) {
      expect(cells).toHaveLength(events.length)
      events.forEach((event, index) => {
        const to = cells[index]
        expect({ state, event, allowed: allows(machine, state, event) }).toEqual({ state, event, allowed: to !== '-' })
        if (to === '-')
          expect(() => transition(machine, state, event)).toThrow(
            expect.objectContaining({ kind: 'conflict', code: `${machine.name}_transition_illegal` }),
          )
        else expect({ state, event, to: transition(machine, state, event) }).toEqual({ state, event, to })
      })
    }
  })

  it('reaches every state from its first', () => {
    const reached = new Set([machine.initial])
    for (const state of reached) for (const to of Object.values(machine.table[state] ?? {})) if (to !== undefined) reached.add(to)
    expect([...reached].sort()).toEqual([...states].sort())
  })

  it('leaves no final state', () => {
    expect(states.filter((state) => isFinal(machine, state)).sort()).toEqual([...final].sort())
  })
})

describe('what the statuses of a bill mean', () => {
  const statuses = [
    'received',
    'issued',
    'delivered',
    'overdue',
    'paid',
    'settled',
    'cancelled',
    'writtenOff',
    'handedBack',
    'concluded',
  ] as const

  it('payable are exactly those that a payment in full can end', () => {
    const bill = machines.find(({ name }) => name === 'bill')
    expect(statuses.filter(isPayable)).toEqual(statuses.filter((status) => bill?.table[status]?.['payInFull']))
  })

  it('final are settled, written off, cancelled, handed back and concluded', () => {
    expect(statuses.filter(isFinalStatus)).toEqual(['settled', 'cancelled', 'writtenOff', 'handedBack', 'concluded'])
  })
})
