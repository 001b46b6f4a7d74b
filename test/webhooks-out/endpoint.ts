import { newWebhookSecret, sealSecret } from '../../composition/egress/secret-box.ts'
import type { Root } from '../../composition/root.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { insertEndpoint } from '../../store/webhooks/change-endpoint.ts'

/** An endpoint of an institution with its secret, as the API makes it. */
export async function makeEndpoint(
  root: Root,
  institutionId: string,
  url: string,
  types: readonly string[] = [],
  mode: 'test' | 'live' = 'test',
  description = 'Test',
): Promise<{ endpointId: string; secret: string }> {
  const secret = newWebhookSecret()
  const seal = (id: string): Buffer => sealSecret(root.config.GOJI_PEPPER, id, secret)
  const now = root.clock.now()
  const endpointId = await transaction(root.sql, (tx) =>
    insertEndpoint(tx, { institutionId, mode, url, description, types, seal }, { actor: 'test', now }),
  )
  return { endpointId, secret }
}
