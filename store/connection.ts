import postgres from 'postgres'

/** Timestamps are milliseconds and 64-bit integers are bigint on our side; dates stay `YYYY-MM-DD` text. */
const types = {
  bigint: postgres.BigInt,
  instant: {
    to: 1184,
    from: [1184],
    serialize: (ms: number) => new Date(ms).toISOString(),
    parse: (text: string) => new Date(text).getTime(),
  },
  day: { to: 1082, from: [1082], serialize: (day: string) => day, parse: (day: string) => day },
}

export type Sql = postgres.Sql<{ bigint: bigint; instant: number; day: string }>
export type Tx = postgres.TransactionSql<{ bigint: bigint; instant: number; day: string }>
/** A connection or a transaction: what a single statement needs. */
export type Queryable = Sql | Tx

export type Role = 'goji_app' | 'goji_checker'

/**
 * Opens a pool in a role of its own: the application can neither change the schema nor rewrite the ledger or the log,
 * whoever the login is. Statements that run too long are ended by the server, so a slow query holds no lock for ever.
 */
export function connect(url: string, options: { role: Role; max?: number; name?: string }): Sql {
  return postgres(url, {
    max: options.max ?? 10,
    idle_timeout: 60,
    connect_timeout: 10,
    types,
    onnotice: () => undefined,
    connection: {
      application_name: options.name ?? 'goji',
      role: options.role,
      search_path: 'goji',
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 30_000,
      timezone: 'UTC',
    } as Record<string, string | number>,
  }) as unknown as Sql
}
