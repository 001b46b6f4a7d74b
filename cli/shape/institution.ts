import { Option, type Command } from 'commander'
import type { Goji, Schemas } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'

const ID = /^ins_[0-9a-z]{26}$/

export interface InstitutionFlag {
  readonly institution?: string
}

export const withInstitution = (
  command: Command,
  description = "whose: its id, short name or name; the key's own where nothing is said",
): Command => command.addOption(new Option('--institution <institution>', description))

/**
 * The id of an institution that was named by its id, its short name or its name, or by a part of them that no other has.
 * @throws GojiError `institution_unknown`, `institution_ambiguous`, naming those that there are.
 */
export async function institutionId(goji: Goji, named: string): Promise<string> {
  if (ID.test(named)) return named
  const all = await goji.rows('/v1/institutions')
  const wanted = named.toLowerCase()
  const namesOf = ({ slug, name }: Schemas['Institution']): string[] => [slug, name.ko, name.en].map((text) => text.toLowerCase())
  const found = [(name: string) => name === wanted, (name: string) => name.startsWith(wanted), (name: string) => name.includes(wanted)]
    .map((fits) => all.filter((one) => namesOf(one).some(fits)))
    .find((some) => some.length > 0)
  if (found === undefined) throw invalid('institution_unknown', `There is no institution "${named}". ${listed(all)}`)
  const [one, ...others] = found
  if (one === undefined || others.length > 0)
    throw invalid('institution_ambiguous', `"${named}" may be several institutions. ${listed(found)} Name one by its short name.`)
  return one.id
}

/** As `institutionId`; where none was named, the only one that the key sees. @throws GojiError also `institution_needed`. */
export async function theInstitution(goji: Goji, { institution }: InstitutionFlag): Promise<string> {
  if (institution !== undefined) return institutionId(goji, institution)
  const [one, ...others] = await goji.rows('/v1/institutions', { limit: 20 })
  if (one !== undefined && others.length === 0) return one.id
  throw invalid('institution_needed', `Say which institution with --institution. ${listed(one === undefined ? [] : [one, ...others])}`)
}

const listed = (some: readonly Schemas['Institution'][]): string =>
  some.length === 0 ? 'There is none.' : `There ${some.length === 1 ? 'is' : 'are'}: ${some.map(({ slug }) => slug).join(', ')}.`
