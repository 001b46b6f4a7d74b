import type { Response } from 'express'
import type { Upload } from '../../store/uploads/save-upload.ts'
import type { ApiKey } from '../../store/keys/find-api-key.ts'

/** What the middlewares learn of a request, in the order in which they run. */
export interface Locals {
  requestId: string
  /** Method and path pattern, once a route took the request. */
  route: string | undefined
  caller: ApiKey | undefined
  idempotencyKey: string | undefined
  body: Buffer | undefined
  upload: Upload | undefined
  /** Facts that the request left in bills, by which the log of a request leads to what came of it. */
  caused: { readonly billId: string; readonly factId: string }[] | undefined
}

export const localsOf = (res: Response): Locals => res.locals as Locals
