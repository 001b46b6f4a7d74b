import { randomUUID } from 'node:crypto'
import { GojiError } from '../../domain/errors.ts'
import { ApiRefusal, type Client } from '../client.ts'
import type { MappedInstitution, Mapping } from './mapping.ts'

interface Institution {
  readonly id: string
  readonly slug: string
  readonly currency: string
}

interface ApiKey {
  readonly secret: string | null
}

/** An institution that the engine knows, and the API in its name. */
export interface ReadyInstitution {
  readonly id: string
  readonly client: Client
}

/**
 * Takes in those of the mapping's institutions that have bills, with every policy of the mapping, and gets a key for
 * each. What is there already is used as it is.
 * @throws GojiError `institution_currency`; ApiRefusal as the API says.
 */
export async function prepareInstitutions(
  operator: Client,
  mapping: Mapping,
  used: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ReadyInstitution>> {
  const ready = new Map<string, ReadyInstitution>()
  for (const mapped of mapping.institutions.filter(({ value }) => used.has(value))) {
    const { institution, key } = await takeIn(operator, mapped, mapping)
    if (institution.currency !== mapping.currency) {
      throw new GojiError(
        'invalid',
        'institution_currency',
        `The institution ${mapped.slug} is there already and bills in ${institution.currency}, not ${mapping.currency}. Give this one another slug in the mapping.`,
      )
    }
    for (const [name, policy] of Object.entries(mapping.policies)) {
      await operator.put(`/institutions/${institution.id}/policies/${name}`, { title: mapped.billTitle, policy })
    }
    // A key is shown once: whoever comes again gets another one, so this request is never a repetition.
    const secret = key?.secret ?? (await operator.post<ApiKey>(`/institutions/${institution.id}/keys`, {}, randomUUID())).secret
    if (secret === null) throw new Error(`The key of ${mapped.slug} was not shown.`)
    ready.set(mapped.value, { id: institution.id, client: operator.withKey(secret) })
  }
  return ready
}

async function takeIn(
  operator: Client,
  { slug, name, zone }: MappedInstitution,
  { currency }: Mapping,
): Promise<{ institution: Institution; key: ApiKey | null }> {
  try {
    return await operator.post<{ institution: Institution; key: ApiKey }>('/institutions', { slug, name, currency, zone })
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.code !== 'institution_taken') throw error
    return { institution: await findInstitution(operator, slug), key: null }
  }
}

async function findInstitution(operator: Client, slug: string): Promise<Institution> {
  let cursor: string | undefined
  do {
    const page = await operator.get<{ data: readonly Institution[]; nextCursor: string | null }>('/institutions', { limit: 100, cursor })
    const found = page.data.find((one) => one.slug === slug)
    if (found) return found
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  throw new Error(`The institution ${slug} is taken and not in the list.`)
}
