import express, { type RequestHandler } from 'express'

/** A hundred bills and a key fit several times. */
const FORM_BYTES_MAX = 64 * 1024
/** A form is a few lines: somebody who takes longer does not mean to send one. Milliseconds. */
const FORM_TIMEOUT = 60_000

/**
 * Reads a form. One that is announced as too large, or does not come to its end in time, is refused at once, and does nothing
 * if the rest comes after all.
 */
export function formBody(timeout: number = FORM_TIMEOUT): RequestHandler {
  const read = express.urlencoded({ extended: false, limit: FORM_BYTES_MAX }) as RequestHandler
  return (request, response, next) => {
    let isOver = false
    const goOn = (error?: unknown): void => {
      if (isOver) return
      isOver = true
      clearTimeout(slow)
      next(error)
    }
    const refuse = (status: number, message: string): void => {
      response.set('Connection', 'close')
      goOn(Object.assign(new Error(message), { status }))
      request.resume()
    }
    const slow = setTimeout(() => refuse(408, 'the form did not come in time'), timeout)
    if (Number(request.headers['content-length'] ?? 0) > FORM_BYTES_MAX) refuse(413, 'the form is too large')
    else void read(request, response, goOn)
  }
}
