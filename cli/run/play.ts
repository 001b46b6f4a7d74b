import { setMaxListeners } from 'node:events'
import type { Drivers } from '../../composition/simulators.ts'
import { Goji } from '../../client/index.ts'
import { GojiError } from '../../domain/errors.ts'
import type { Engine } from '../engine.ts'
import type { Census } from './check-file.ts'
import { Crowd } from './crowd.ts'
import { prepareInstitutions } from './institutions.ts'
import { Issued } from './issued.ts'
import { loadBills } from './load.ts'
import type { Mapping } from './mapping.ts'
import type { RunProgress } from './progress.ts'
import { type Report, reportOn } from './report.ts'
import { Settlements } from './settlements.ts'
import { refuseSlowPolicies, untilFinal } from './until-final.ts'

/** An engine that restarts is waited for, about half a minute. */
export const ATTEMPTS = 12

export interface PlayOptions {
  readonly file: string
  readonly mapping: Mapping
  readonly census: Census
  readonly seed: number
  readonly engine: Engine
  /** Where the simulated citizens receive and pay. */
  readonly drivers: Drivers
  readonly progress: RunProgress
  readonly signal: AbortSignal
}

export type PlayedReport = Report & { readonly lives_per_second: number }

/**
 * Loads a checked file and plays the citizens and institutions until every bill is final. Answers the report.
 * @throws GojiError `policy_too_slow`, `simulators_unknown`, `row_refused`, `bills_stuck`; ApiRefusal as the API says.
 */
export async function playBills(options: PlayOptions): Promise<PlayedReport> {
  const { mapping, census, seed, engine, drivers, progress } = options
  refuseSlowPolicies(mapping, census.policies)
  const over = new AbortController()
  const signal = AbortSignal.any([options.signal, over.signal])
  // Everybody who waits for something hears of it: thousands at once, and no leak.
  setMaxListeners(0, signal)
  const operator = new Goji({ url: engine.url, key: engine.key, signal, attempts: ATTEMPTS })
  const driver = drivers.gateways.get(engine.gateway ?? '')
  if (!driver) {
    throw new GojiError(
      'invalid',
      'simulators_unknown',
      'Simulated citizens pay at the simulated gateway of an embedded stack, and this engine is not known to have one. Run it where "npm start" runs, or without --url.',
    )
  }
  const institutions = await prepareInstitutions(operator, mapping, census.institutions)
  const names = new Map(
    [...institutions].map(([value, { id }]) => [id, mapping.institutions.find((one) => one.value === value)?.name.en ?? value]),
  )
  const report = (): Promise<Report> => reportOn(operator, names)
  const before = await report()
  if (before.bills > 0) {
    progress.note(`These institutions have ${before.bills} bills already, and the report is about all of them.`)
    progress.note('For a report of this run alone, start the engine with --fresh.')
  }

  const issued = new Issued(operator, signal)
  const crowd = new Crowd({ operator, gateway: driver, channels: drivers.channels, mapping, seed, signal })
  const settlements = await Settlements.begin(operator, { name: engine.gateway ?? '', driver })
  const ids = new Set<string>()
  let complete = false
  const started = performance.now()
  const seconds = (): number => (performance.now() - started) / 1000
  const onLook = ({ final }: Report): void =>
    progress.update({
      bills: census.bills,
      loaded: ids.size,
      issued: issued.count,
      played: { payments: crowd.counts.payments, final: Math.max(0, final - before.final), seconds: seconds() },
    })
  const load = async (): Promise<void> => {
    await loadBills({
      ...options,
      bills: census.bills,
      institutions,
      issued,
      onCitizen: (bills) => crowd.receive(bills),
      onBill: (id) => void ids.add(id),
    })
    await crowd.done()
    complete = true
  }
  const background = [issued.follow(), settlements.follow(signal)]
  try {
    const watched = untilFinal({
      operator,
      mapping,
      bills: ids,
      complete: () => complete,
      openBefore: before.bills - before.final,
      report,
      onLook,
      signal,
    })
    // Whichever part fails ends the others.
    await Promise.race([Promise.all([load(), watched]), Promise.all(background).then(() => watched)])
    const end = await watched
    if (crowd.counts.refused > 0)
      progress.note(`${crowd.counts.refused} payments came too late: their bills were paid, cancelled or handed back before.`)
    const { bills, final, ledger_balanced, ...sums } = end
    const ended = Math.max(0, final - before.final)
    return { bills, final, ledger_balanced, lives_per_second: Math.round((ended / seconds()) * 10) / 10, ...sums }
  } finally {
    over.abort(new Error('the run is over'))
    await Promise.allSettled(background)
    progress.stop()
  }
}
