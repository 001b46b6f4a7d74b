/** The gateway says no: an HTTP status, a stable code and a sentence; `payment` where the answer is the payment's own state. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}
