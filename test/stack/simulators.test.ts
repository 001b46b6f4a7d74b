import { describe, expect, it } from '@jest/globals'
import { chosenSimulators, findSimulators } from '../../cli/stack/simulators.ts'
import { ROOT } from '../../cli/settings.ts'

const found = await findSimulators(ROOT)
const namesOf = (asked: readonly string[]): string[] => chosenSimulators(found, asked).map(({ name }) => name)
const onRequest = found.filter(({ manifest }) => manifest.onRequest).map(({ name }) => name)

describe('the simulators that start', () => {
  it('are those that ask for nothing', () => {
    expect(onRequest).not.toEqual([])
    expect(namesOf([])).toEqual(found.map(({ name }) => name).filter((name) => !onRequest.includes(name)))
    expect(namesOf([])).toContain('sandbox')
  })

  it.each(onRequest)('and %s when it is asked for', (name) => {
    expect(namesOf([name])).toContain(name)
  })

  it('are not guessed from a name that there is not', () => {
    expect(() => namesOf(['nobody'])).toThrow(
      expect.objectContaining({ code: 'simulator_unknown', message: expect.stringContaining(onRequest[0] ?? '') }),
    )
  })
})
