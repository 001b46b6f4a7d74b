import { setMaxListeners } from 'node:events'
import { Goji } from '../../client/index.ts'
import { prepareInstitutions } from './institutions.ts'
import { Issued } from './issued.ts'
import { loadBills } from './load.ts'
import { ATTEMPTS, type PlayOptions } from './play.ts'

/** Loads a checked file and leaves its bills to their lives, with nobody playing the citizens. */
export async function loadOnly(options: PlayOptions): Promise<void> {
  const { mapping, census, engine, progress } = options
  const over = new AbortController()
  const signal = AbortSignal.any([options.signal, over.signal])
  // Everybody who waits for something hears of it: thousands at once, and no leak.
  setMaxListeners(0, signal)
  const operator = new Goji({ url: engine.url, key: engine.key, signal, attempts: ATTEMPTS })
  const institutions = await prepareInstitutions(operator, mapping, census.institutions)
  const issued = new Issued(operator, signal)
  const follow = issued.follow()
  let loaded = 0
  const issues: Promise<void>[] = []
  const tell = (): void => progress.update({ bills: census.bills, loaded, issued: issued.count })
  const onBill = (): void => {
    loaded += 1
    tell()
  }
  try {
    await loadBills({
      ...options,
      bills: census.bills,
      institutions,
      issued,
      onBill,
      onCitizen: (bills) => {
        for (const bill of bills) void bill.issued.then(tell, () => undefined)
        issues.push(...bills.map((bill) => bill.issued))
      },
    })
    await Promise.all(issues)
  } finally {
    over.abort(new Error('everything is loaded'))
    await Promise.allSettled([follow])
    progress.stop()
  }
}
