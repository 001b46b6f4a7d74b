import { Connection } from '@temporalio/client'
import { encodeSearchAttributeIndexedValueType as typeNumber } from '@temporalio/common/lib/search-attributes.js'
import { msToTs } from '@temporalio/common/lib/time.js'
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts'

/** The SDK's names of the types in use. */
const TYPES = { Keyword: 'KEYWORD', Bool: 'BOOL', Datetime: 'DATETIME' } as const

/** How long Temporal keeps the run of a closed bill. The story of a bill stands in our own store for as long as the bill. */
const RETENTION = '7 days'

/** @throws Error when nothing answers there within two seconds. */
export const connectTo = (address: string): Promise<Connection> => Connection.connect({ address, connectTimeout: 2_000 })

/**
 * Adds the search attributes that the namespace lacks, which is none where it has been prepared before.
 * @throws Error when the server refuses.
 */
export async function addSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => customAttributes[name] === undefined)
  if (missing.length === 0) return
  const searchAttributes: Record<string, NonNullable<ReturnType<typeof typeNumber>>> = {}
  for (const [name, type] of missing) {
    const number = typeNumber(TYPES[type])
    if (number !== undefined) searchAttributes[name] = number
  }
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes })
}

/** Says how long closed runs are kept: the development server's own default is one day. */
export async function setRetention(connection: Connection, namespace: string): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(RETENTION) },
  })
}
