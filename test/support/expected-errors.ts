import { inspect } from 'node:util'
import { expect } from '@jest/globals'
import { GojiError, ProviderError } from '../../domain/errors.ts'

/** The failure of a call that has to fail as one of a provider. */
export async function failure(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    (value) => {
      throw new Error(`Expected a ProviderError, got ${inspect(value)}.`)
    },
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProviderError)
  return error as ProviderError
}

/** The refusal of what has to be refused by us. */
export function refusal(act: () => unknown): GojiError {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(GojiError)
    return error as GojiError
  }
  throw new Error('Expected a GojiError.')
}
