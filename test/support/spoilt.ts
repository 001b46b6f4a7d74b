import fc from 'fast-check'
import { GojiError, ProviderError } from '../../domain/errors.ts'

/** Anything at all, and a good document that was spoilt: a byte changed, a piece cut out or doubled, a value put in another's place. */
export function spoilt(good: Buffer): fc.Arbitrary<Buffer> {
  const at = fc.nat(Math.max(good.length - 1, 0))
  const cutOut = fc.tuple(at, at, fc.nat(2)).map(([one, other, times]) => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)]
    return Buffer.concat([good.subarray(0, from), ...Array.from({ length: times }, () => good.subarray(from, to)), good.subarray(to)])
  })
  const changed = fc.tuple(at, fc.nat(255)).map(([where, value]) => {
    const bytes = Buffer.from(good)
    bytes[where] = value
    return bytes
  })
  return fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    changed,
    cutOut,
    ...withOtherValues(good),
  )
}

/** A JSON document with any value in place of one of its own, and one property more. Nothing where it is not JSON. */
function withOtherValues(good: Buffer): fc.Arbitrary<Buffer>[] {
  let document: unknown
  try {
    document = JSON.parse(good.toString('utf8'))
  } catch {
    return []
  }
  const paths = pathsOf(document)
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(null, '', '0', -1, 1e308, '9'.repeat(400), '__proto__', [], {}, true),
  )
  return [
    fc.tuple(fc.constantFrom(...paths), value).map(([path, other]) => Buffer.from(JSON.stringify(replaced(document, path, other)))),
    fc
      .tuple(fc.constantFrom(...paths), fc.string({ unit: 'binary', maxLength: 20 }))
      .map(([path, name]) => Buffer.from(JSON.stringify(replaced(document, [...path, name], 'more')))),
  ]
}

type Path = readonly (string | number)[]

const pathsOf = (value: unknown, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))]

function replaced(value: unknown, [step, ...rest]: Path, other: unknown): unknown {
  if (step === undefined) return other
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((inner, index) => (index === step ? replaced(inner, rest, other) : inner) as unknown)
  return { ...value, [step]: replaced((value as Record<string, unknown>)[step], rest, other) }
}

/** Runs a parser. A refusal in our own words is as good as a value; anything else that it throws is a fault of it. */
export function valueOrRefusal<Value>(parse: () => Value): Value | GojiError | ProviderError {
  try {
    return parse()
  } catch (error) {
    if (error instanceof GojiError || error instanceof ProviderError) return error
    throw error
  }
}
