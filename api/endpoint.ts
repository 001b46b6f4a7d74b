import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Root } from '../composition/root.ts'
import type { ApiKey } from '../store/keys/find-api-key.ts'
import type { Scope } from '../store/keys/insert-api-key.ts'
import type { KeyedRequest } from '../store/keys/once.ts'
import type { Owner } from '../store/owner.ts'
import type { MediaType } from './http/content-type.ts'
import type { Slowest } from './http/slowest.ts'
import type { Logger } from './log.ts'
import type { Upload } from '../store/uploads/save-upload.ts'
import type { TellEngine } from './wake.ts'

/** An answer: a status and JSON text, or text of another type where `headers` names it. */
export interface Reply {
  readonly status: number
  readonly body: string
  /** Comes in place of `body`, piece by piece, where the whole may be of any size. */
  readonly stream?: AsyncIterable<string>
  readonly headers?: Readonly<Record<string, string>>
}

export const reply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  body: JSON.stringify(body),
  headers,
})

/** Bodies that may be large: they are kept as they come and never held in memory whole. */
export interface Uploads {
  readonly types: readonly string[]
  readonly bytesMax: number
}

/** What every request brings, before its schemas have looked at it. */
export interface RawCall {
  readonly root: Root
  readonly tell: TellEngine
  readonly log: Logger
  readonly requestId: string
  /** Milliseconds. */
  readonly now: number
  readonly params: Readonly<Record<string, string>>
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
  /** A file that came in place of a body, kept piece by piece; `body` is then its SHA-256. */
  readonly upload: Upload | undefined
  /** The body where the endpoint reads it by itself (`input.stream`); `body` is empty then. */
  readonly stream: Readable
  readonly slowest: Slowest
  /** Undefined for endpoints that need no key. */
  readonly caller: ApiKey | undefined
  /** Undefined where the method needs no Idempotency-Key. */
  readonly keyed: KeyedRequest | undefined
}

/** A request that passed its schemas. */
export interface Call<P, Q, B> extends Pick<RawCall, 'root' | 'tell' | 'log' | 'now' | 'keyed' | 'upload' | 'stream' | 'slowest'> {
  readonly caller: ApiKey
  /** Whose bills the caller may see and change. */
  readonly owner: Owner
  /** Who the log says it was. */
  readonly actor: string
  readonly params: P
  readonly query: Q
  /** Not there where an `upload` is. */
  readonly body: B
}

export interface DocumentedAnswer {
  readonly description: string
  readonly schema: z.ZodType
  readonly example: unknown
}

/** What the reference says of an endpoint; the server takes its path and schemas from here too. */
export interface Description {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** With `{id}` for a part that varies. */
  readonly path: `/${string}`
  /** Name of the operation: a client's function is called so. */
  readonly operationId: string
  readonly tag:
    | 'Bills'
    | 'Batches'
    | 'Deliveries'
    | 'Objections'
    | 'Checkouts'
    | 'Payments'
    | 'Institutions'
    | 'Statements'
    | 'Exceptions'
    | 'Reports'
    | 'Events'
    | 'Webhooks'
    | 'Providers'
    | 'Service'
  readonly summary: string
  readonly description: string
  readonly consistency: 'strong' | 'eventual'
  /** Any one of these scopes suffices, and `operator` always does; `public` needs no key. */
  readonly access: 'public' | readonly Scope[]
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly bodyExample?: unknown
  /** Largest body in bytes and its types; the API's defaults where nothing is said. */
  readonly input?: {
    readonly bytesMax: number
    readonly types: readonly MediaType[] | 'any'
    /** The endpoint reads the body as it comes; the bound is its own to keep. */
    readonly stream?: true
    readonly uploads?: Uploads
  }
  readonly answers: Readonly<Record<number, DocumentedAnswer>>
  /** Type of the answer where it is not JSON. */
  readonly answerType?: string
  /** Codes of docs/errors.md beside those that every endpoint has, by status. */
  readonly refusals?: Readonly<Record<number, readonly string[]>>
}

export interface Endpoint extends Description {
  serve(call: RawCall): Promise<Reply>
}
