import { randomUUID } from 'node:crypto'
import { ApiRefusal, type Goji, type Schemas } from '../../client/index.ts'
import { GojiError } from '../../domain/errors.ts'
import type { MappedInstitution, Mapping } from './mapping.ts'

type Institution = Schemas['Institution']

/** An institution that the engine knows, and the API in its name. */
export interface ReadyInstitution {
  readonly id: string
  readonly client: Goji
}

/**
 * Takes in those of the mapping's institutions that have bills, with every policy of the mapping, and gets a key for
 * each. What is there already is used as it is.
 * @throws GojiError `institution_currency`; ApiRefusal as the API says.
 */
export async function prepareInstitutions(
  operator: Goji,
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
      await operator.put('/v1/institutions/{id}/policies/{name}', {
        path: { id: institution.id, name },
        body: { title: mapped.billTitle, policy: policy as Schemas['NewPolicy']['policy'] },
      })
    }
    // A key is shown once: whoever comes again gets another one, so this request is never a repetition.
    const secret =
      key?.secret ??
      (await operator.post('/v1/institutions/{id}/keys', { path: { id: institution.id }, body: {}, occasion: randomUUID() })).secret
    if (secret === null) throw new Error(`The key of ${mapped.slug} was not shown.`)
    ready.set(mapped.value, { id: institution.id, client: operator.withKey(secret) })
  }
  return ready
}

async function takeIn(
  operator: Goji,
  { slug, name, zone }: MappedInstitution,
  { currency }: Mapping,
): Promise<{ institution: Institution; key: Schemas['ApiKey'] | null }> {
  try {
    return await operator.post('/v1/institutions', { body: { slug, name, currency, zone } })
  } catch (error) {
    if (!(error instanceof ApiRefusal) || !error.is('institution_taken')) throw error
    return { institution: await findInstitution(operator, slug), key: null }
  }
}

async function findInstitution(operator: Goji, slug: string): Promise<Institution> {
  for await (const one of operator.list('/v1/institutions')) if (one.slug === slug) return one
  throw new Error(`The institution ${slug} is taken and not in the list.`)
}
