import { readFileSync } from 'node:fs'

const EVERY_MS = 1_000
const MIB = 1024 * 1024

export interface MemoryCurve {
  readonly start_mib: number
  readonly max_mib: number
  readonly end_mib: number
  /** Of the second half, when what is loaded once is loaded: MiB by which it grows per 10,000 rows. */
  readonly slope_mib_per_10k_rows: number
  /** The mean in each tenth of the rows, in their order; null where a tenth went by between two samples. */
  readonly tenths_mib: readonly (number | null)[]
}

/** Follows the resident memory of some processes while rows are being worked off. Linux only: it reads /proc. */
export class Memory {
  readonly #samples = new Map<string, { rows: number; bytes: number }[]>()
  readonly #timer: NodeJS.Timeout

  constructor(processes: Readonly<Record<string, number>>, rows: () => number) {
    const sample = (): void => {
      for (const [name, pid] of Object.entries(processes)) {
        const curve = this.#samples.get(name) ?? []
        this.#samples.set(name, curve)
        curve.push({ rows: rows(), bytes: residentBytes(pid) })
      }
    }
    sample()
    this.#timer = setInterval(sample, EVERY_MS)
  }

  stop(): Record<string, MemoryCurve> {
    clearInterval(this.#timer)
    return Object.fromEntries([...this.#samples].map(([name, curve]) => [name, curveOf(curve)]))
  }
}

function residentBytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function curveOf(curve: readonly { rows: number; bytes: number }[]): MemoryCurve {
  const mib = (bytes: number): number => Math.round(bytes / MIB)
  const half = curve.slice(Math.floor(curve.length / 2))
  const [rows, bytes] = [mean(half.map((one) => one.rows)), mean(half.map((one) => one.bytes))]
  const spread = half.reduce((sum, one) => sum + (one.rows - rows) ** 2, 0)
  const slope = spread === 0 ? 0 : half.reduce((sum, one) => sum + (one.rows - rows) * (one.bytes - bytes), 0) / spread
  return {
    start_mib: mib(curve[0]?.bytes ?? 0),
    max_mib: mib(Math.max(...curve.map((one) => one.bytes))),
    end_mib: mib(curve.at(-1)?.bytes ?? 0),
    slope_mib_per_10k_rows: Math.round((slope * 10_000 * 10) / MIB) / 10,
    tenths_mib: tenthsOf(curve).map((tenth) => (tenth.length === 0 ? null : mib(mean(tenth)))),
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function tenthsOf(curve: readonly { rows: number; bytes: number }[]): number[][] {
  const last = Math.max(1, ...curve.map(({ rows }) => rows))
  const tenths: number[][] = Array.from({ length: 10 }, () => [])
  for (const { rows, bytes } of curve) tenths[Math.min(9, Math.floor((rows / last) * 10))]?.push(bytes)
  return tenths
}
