import { Counter, Histogram, Registry } from 'prom-client'
import { ProviderError, type ProviderKind } from '../../domain/errors.ts'
import type { Channel } from '../../domain/ports/channel.ts'
import type { Gateway } from '../../domain/ports/gateway.ts'

/** What goes out to a provider; the rest of a port works on what it is given. */
const CALLS: Readonly<Record<ProviderKind, ReadonlySet<string>>> = {
  channel: new Set(['reachable', 'send', 'receipt', 'recall', 'tend'] satisfies (keyof Channel)[]),
  gateway: new Set([
    'openSession',
    'payment',
    'capture',
    'cancel',
    'refund',
    'refundReport',
    'settlementFiles',
    'settlementFile',
  ] satisfies (keyof Gateway)[]),
}

type Call = (...input: unknown[]) => unknown

/**
 * Counts calls to channels and gateways: how each ended, and how long it took. An outcome is `ok`, one of the four kinds
 * of a provider's failure, or `unclassified`, which no adapter should ever throw.
 */
export class ProviderCalls {
  readonly #calls: Counter
  readonly #seconds: Histogram
  readonly #measured = new WeakMap<object, object>()

  constructor(register: Registry = new Registry()) {
    this.#calls = new Counter({
      name: 'goji_provider_calls_total',
      help: 'Calls to channels and gateways by outcome: ok, temporary, permanent, technical, unknown, unclassified.',
      labelNames: ['kind', 'provider', 'operation', 'outcome'],
      registers: [register],
    })
    this.#seconds = new Histogram({
      name: 'goji_provider_call_duration_seconds',
      help: 'How long calls to channels and gateways took, whatever their outcome.',
      labelNames: ['kind', 'provider', 'operation'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
      registers: [register],
    })
  }

  /** The same port, with its calls counted. */
  measure<Port extends Channel | Gateway>(kind: ProviderKind, port: Port): Port {
    const known = this.#measured.get(port) as Port | undefined
    const measured = known ?? this.#wrap(kind, port)
    this.#measured.set(port, measured)
    return measured
  }

  #wrap<Port extends Channel | Gateway>(kind: ProviderKind, port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target)
        // Bound to the port itself: its private fields are not the proxy's.
        if (typeof value !== 'function') return value
        const call = (value as Call).bind(target)
        return typeof name === 'string' && CALLS[kind].has(name) ? this.#counted(kind, target.name, name, call) : call
      },
    })
  }

  #counted(kind: ProviderKind, provider: string, operation: string, call: Call): Call {
    return async (...input) => {
      const stop = this.#seconds.startTimer({ kind, provider, operation })
      const count = (outcome: string): void => this.#calls.inc({ kind, provider, operation, outcome })
      try {
        const answer = await call(...input)
        count(failureOf(answer) ?? 'ok')
        return answer
      } catch (error) {
        count(error instanceof ProviderError ? error.kind : 'unclassified')
        throw error
      } finally {
        stop()
      }
    }
  }
}

/** A channel may also answer that it could not take a notice. */
function failureOf(answer: unknown): string | undefined {
  const { level, kind } = (answer ?? {}) as { level?: unknown; kind?: unknown }
  return level === 'failed' && typeof kind === 'string' ? kind : undefined
}
