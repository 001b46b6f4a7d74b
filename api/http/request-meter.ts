import { Counter, Histogram, Registry } from 'prom-client'

/** Everything else is one method: whoever sends requests must not be able to make new time series. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'])

export interface CountedRequest {
  readonly method: string
  /** Method and path pattern; undefined where no route took the request. */
  readonly route: string | undefined
  readonly status: number
  readonly seconds: number
}

/** Counts requests by the pattern of their route, never by their path. */
export class RequestMeter {
  readonly #requests: Counter
  readonly #seconds: Histogram

  constructor(register: Registry = new Registry()) {
    this.#requests = new Counter({
      name: 'goji_http_requests_total',
      help: 'Requests that were answered or broken off, by method, pattern of the route and status.',
      labelNames: ['method', 'route', 'status'],
      registers: [register],
    })
    this.#seconds = new Histogram({
      name: 'goji_http_request_duration_seconds',
      help: 'From the last header of a request to the end of its answer.',
      labelNames: ['method', 'route'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
      registers: [register],
    })
  }

  count({ method, route, status, seconds }: CountedRequest): void {
    const labels = { method: METHODS.has(method) ? method : 'OTHER', route: route?.slice(route.indexOf(' ') + 1) ?? 'none' }
    this.#requests.inc({ ...labels, status: String(status) })
    this.#seconds.observe(labels, seconds)
  }
}
