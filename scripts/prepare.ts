import { parseArgs } from 'node:util'
import { prepareExternalTemporal } from '../cli/stack/temporal.ts'
import { systemClock } from '../composition/clock.ts'
import { readConfigOrExit } from '../composition/config.ts'
import { connect } from '../store/connection.ts'
import { insertApiKey } from '../store/keys/insert-api-key.ts'
import { migrate } from '../store/migrate.ts'
import { transaction } from '../store/unit/transaction.ts'

/**
 * What a deployment needs before its processes start: the database's schema and Temporal's search attributes. Run it
 * before each new version; what is there already stays as it is. `--platform-key test|live` also makes a key of the
 * platform and prints it, for the first one cannot come from the API.
 */
const { values } = parseArgs({ options: { 'platform-key': { type: 'string' } } })
const mode = values['platform-key']
if (mode !== undefined && mode !== 'test' && mode !== 'live') throw new Error('--platform-key takes test or live.')

const config = readConfigOrExit()
const { applied } = await migrate(config.DATABASE_URL)
await prepareExternalTemporal(config.TEMPORAL_ADDRESS, config.TEMPORAL_NAMESPACE)
console.error(`The schema is current (${applied} migrations applied now), and Temporal knows the search attributes.`)

if (mode !== undefined) {
  const sql = connect(config.DATABASE_URL, { role: 'goji_app', max: 1, name: 'goji-prepare' })
  const input = { institutionId: null, mode, scopes: ['operator'], pepper: config.GOJI_PEPPER } as const
  const { key } = await transaction(sql, (tx) => insertApiKey(tx, input, systemClock.now()))
  await sql.end()
  console.log(key)
}
