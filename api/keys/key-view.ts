import { z } from 'zod'
import { type ApiKeyRow } from '../../store/keys/list-api-keys.ts'
import { SCOPES } from '../../store/keys/insert-api-key.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'
import { INSTITUTION_SCOPES } from '../../schemas/key-scopes.ts'

/** A key that is there already: its secret was shown once and is nowhere. */
export const knownKeySchema = z
  .strictObject({
    id: id('key'),
    institution: id('ins').nullable().meta({ description: 'Null for a key of the platform.' }),
    mode: z.enum(['test', 'live']),
    begins: z.string().meta({ description: 'How the key begins, to tell it from others.' }),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: time,
    expiresAt: time.nullable(),
    revokedAt: time.nullable(),
    lastUsedAt: time.nullable().meta({ description: 'To the minute; null where it was never used.' }),
  })
  .meta({ id: 'KnownApiKey' })

export const knownKeyExample = {
  id: exampleId('key'),
  institution: exampleId('ins'),
  mode: 'test',
  begins: 'goji_test_x7Qa',
  scopes: [...INSTITUTION_SCOPES],
  createdAt: '2026-11-24T00:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: '2026-11-24T08:15:00.000Z',
}

export const keyView = (row: ApiKeyRow): object => ({
  id: row.id,
  institution: row.institution_id,
  mode: row.mode,
  begins: row.display_prefix,
  scopes: row.scopes,
  createdAt: toIso(row.created_at),
  expiresAt: toIsoOrNull(row.expires_at),
  revokedAt: toIsoOrNull(row.revoked_at),
  lastUsedAt: toIsoOrNull(row.last_used_at),
})
