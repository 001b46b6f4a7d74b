/** Bounds on how slowly a body may come. */
export interface Slowest {
  /** A body that is held in memory has to be there by then (milliseconds). */
  readonly bodyTimeout: number
  /** A file that is kept as it comes has to bring so many bytes in so many milliseconds, as long as it lasts. */
  readonly pace: { readonly every: number; readonly bytes: number }
}

/**
 * The slowest line that an institution has takes hours for its file and still keeps this pace; somebody who sends a byte
 * now and then, to hold one of the few places for uploads, does not.
 */
export const SLOWEST: Slowest = { bodyTimeout: 60_000, pace: { every: 20_000, bytes: 64 * 1024 } }
