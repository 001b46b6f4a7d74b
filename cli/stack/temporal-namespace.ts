import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts'

type AttributeType = NonNullable<Parameters<Connection['operatorService']['addSearchAttributes']>[0]['searchAttributes']>[string]

/** Temporal's numbers of the types in use (`temporal.api.enums.v1.IndexedValueType`). */
const TYPE_NUMBERS: Record<(typeof SEARCH_ATTRIBUTES)[keyof typeof SEARCH_ATTRIBUTES], AttributeType> = { Keyword: 2, Bool: 5, Datetime: 6 }

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
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => customAttributes?.[name] === undefined)
  if (missing.length === 0) return
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, TYPE_NUMBERS[type]])),
  })
}

/** Says how long closed runs are kept: the development server's own default is one day. */
export async function setRetention(connection: Connection, namespace: string): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(RETENTION) },
  })
}
