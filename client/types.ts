import type { components, paths } from './schema.ts'

/** The objects of the API by name, such as `Schemas['Bill']`. */
export type Schemas = components['schemas']

export type Method = 'get' | 'post' | 'put' | 'delete'

/** The paths that have a method. */
export type PathOf<M extends Method> = { [P in keyof paths]: M extends keyof paths[P] ? P : never }[keyof paths]

/** What the API declares of one method of a path. */
export type Operation<P extends keyof paths, M extends Method> = M extends keyof paths[P] ? paths[P][M] : never

type Parameters<O, Kind extends 'path' | 'query'> = O extends { parameters: { [K in Kind]?: infer T } } ? NonNullable<T> : never
type Content<T> = T extends { content: infer C } ? (C extends { 'application/json': infer J } ? J : never) : never

/** `{ name: T }` where T needs to be said, `{ name?: T }` where it may be left out, nothing where there is none. */
type Part<Name extends string, T> = [T] extends [never]
  ? { readonly [N in Name]?: never }
  : Partial<T> extends T
    ? { readonly [N in Name]?: T | undefined }
    : { readonly [N in Name]: T }

/** A value that may be left out may also be said to be undefined, at any depth, and lists may be read-only. */
type Loose<T> = [T] extends [never]
  ? never
  : T extends readonly (infer E)[]
    ? readonly Loose<E>[]
    : T extends object
      ? {
          readonly [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K>
            ? Loose<NonNullable<T[K]>> | Extract<T[K], null> | undefined
            : Loose<T[K]>
        }
      : T

/** A body is left out only where the API does without. */
type BodyPart<O> = O extends { requestBody: infer B }
  ? { readonly body: Loose<Content<B>> }
  : O extends { requestBody?: infer B }
    ? { readonly body?: Loose<Content<NonNullable<B>>> | undefined }
    : { readonly body?: never }

/** What a request is made of, beside its path. */
export type Input<P extends keyof paths, M extends Method> = Part<'path', Parameters<Operation<P, M>, 'path'>> &
  Part<'query', Loose<Parameters<Operation<P, M>, 'query'>>> &
  (M extends 'get' ? unknown : BodyPart<Operation<P, M>>)

/** What a request is answered with when it is not refused. */
export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R } ? { [S in keyof R]: S extends 200 | 201 | 202 ? Content<R[S]> : never }[keyof R] : never

/** The paths of lists, which have pages. */
export type ListPath = { [P in PathOf<'get'>]: Answer<P, 'get'> extends Page<unknown> ? P : never }[PathOf<'get'>]

export interface Page<Row> {
  data: Row[]
  nextCursor: string | null
}

/** A row of a list. */
export type Row<P extends ListPath> = Answer<P, 'get'> extends Page<infer R> ? R : never
