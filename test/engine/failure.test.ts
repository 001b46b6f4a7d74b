import { describe, expect, it } from '@jest/globals'
import { ApplicationFailure, defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common'
import fc from 'fast-check'
import { isRefusedData, mapFailures, toFailure } from '../../activities/failure.ts'
import { conflict, GojiError, ProviderError } from '../../domain/errors.ts'

/** As the driver throws it. */
const sqlError = (code: string): Error => Object.assign(new Error('no'), { code })

describe('what the database answers', () => {
  it.each([
    ['23514', 'a rule of the books', { refused: true, final: true }],
    ['22003', 'a number out of range', { refused: true, final: true }],
    ['42703', 'a column that a bad deployment asks for', { refused: false, final: true }],
    ['42501', 'a right that is missing', { refused: false, final: true }],
    ['53100', 'a full disk', { refused: false, final: false }],
    ['ECONNREFUSED', 'nobody there', { refused: false, final: false }],
  ])('%s, %s: this data is refused, or no repetition helps', (code, _, { refused, final }) => {
    expect(isRefusedData(sqlError(code))).toBe(refused)
    expect(toFailure(sqlError(code))).toMatchObject({ nonRetryable: final })
  })
})

/** Temporal keeps failures in clear, so what leaves an activity has to be free of whatever its causes quote. */
describe('what Temporal keeps of a failure', () => {
  const NAME = '김하늘'
  const ADDRESS = 'haneul@example.kr'
  const said = `550 no such user ${ADDRESS} (${NAME})`
  const kept = (error: unknown): string => JSON.stringify(defaultFailureConverter.errorToFailure(toFailure(error), defaultPayloadConverter))

  it.each<[string, unknown]>([
    ['a library', new Error(said)],
    ['a library, with the address as its code', Object.assign(new Error(said), { code: ADDRESS })],
    ['a library, with the name as its kind', Object.assign(new Error(said), { name: NAME })],
    ['a library, with a cause', new Error('outer', { cause: new Error(said) })],
    ['the database', Object.assign(new Error(said), { code: '22P02', detail: said, where: said, parameters: [said] })],
    ['an adapter', new ProviderError('temporary', 'mailbox_full', said, { cause: new Error(said) })],
    ['an adapter that takes the provider at its word', new ProviderError('permanent', said, said)],
    ['a rule of ours', conflict('bill_number_taken', said, `/${ADDRESS}`)],
    ['something thrown that is no error', said],
    ['something thrown that has fields', { message: said, address: ADDRESS }],
    ['several at once', new AggregateError([new Error(said)], said)],
  ])('that came from %s is a code and nothing else', (_, error) => {
    const text = kept(error)
    for (const secret of [NAME, ADDRESS]) expect(text).not.toContain(secret)
    expect(text).not.toContain('no such user')
  })

  it('is a code whatever the error holds', () => {
    const canary = 'k4n4ry'
    const texts = fc.string().map((text) => `${text} ${canary} ${text}`)
    const errors = fc.oneof(
      texts.map((text) => new Error(text)),
      fc.tuple(texts, texts).map(([message, code]) => Object.assign(new Error(message), { code })),
      fc
        .tuple(texts, texts, fc.constantFrom('temporary', 'permanent', 'technical', 'unknown'))
        .map(([message, code, kind]) => new ProviderError(kind as 'temporary', code, message)),
      texts.map((text) => new GojiError('invalid', 'value_invalid', text)),
      texts,
    )
    fc.assert(fc.property(errors, (error) => !kept(error).includes(canary)))
  })

  it('is made of everything that leaves an activity', async () => {
    const activities = mapFailures({ refuse: async (): Promise<void> => Promise.reject(new Error(said)) })
    const failure: unknown = await activities.refuse().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ApplicationFailure)
    expect(failure).toMatchObject({ type: 'system.Error', message: 'Error' })
  })
})
