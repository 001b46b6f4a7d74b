import { z } from 'zod'
import { columnFields, contactColumn, fileFields, type Reading } from '../../batches/reading.ts'
import { policyBody } from '../../schemas/policy.ts'
import { slug } from '../../schemas/ids.ts'
import { bothLanguages } from '../../schemas/text.ts'
import { zone } from '../../schemas/time.ts'
import { PAGE_METHODS } from '../../domain/ports/gateway.ts'

const text = z.string().min(1).max(200)
const both = bothLanguages(120)
const share = z.number().min(0).max(1)
const weight = z.number().min(0)

/** Weights of every choice of a list; a choice that is left out has none. */
const weights = <Choice extends string>(choices: readonly [Choice, ...Choice[]]) =>
  z
    .strictObject(
      Object.fromEntries(choices.map((choice) => [choice, weight.default(0)])) as { [Key in Choice]: z.ZodDefault<typeof weight> },
    )
    .refine((all) => Object.values<number>(all as Record<string, number>).some((one) => one > 0), 'gives no choice a weight above zero')

/** What a simulated citizen does with bills. `open` reads and never pays, `ignore` does neither. */
export const BEHAVIOURS = ['payAll', 'payEach', 'payLate', 'open', 'ignore'] as const
export type Behaviour = (typeof BEHAVIOURS)[number]

/** What an institution does with a bill of its own after it was issued. */
export const INSTITUTION_ACTS = ['leave', 'cancel', 'writeOff'] as const
export type InstitutionAct = (typeof INSTITUTION_ACTS)[number]

const institution = z.strictObject({
  /** What stands in the file's institution column. */
  value: text,
  slug,
  name: both,
  zone,
  /** Name of one of `policies`. */
  policy: text,
  /** What its kind of bill is called on the citizen's pages. */
  billTitle: both,
})

const contact = z.union(
  [contactColumn, z.strictObject({ channel: text, addresses: z.array(z.string().includes('{citizen}')).min(1), share })],
  'is neither {"channel", "column"} nor {"channel", "addresses", "share"}, whose addresses hold {citizen}',
)

const citizens = z.strictObject({
  behaviours: weights(BEHAVIOURS),
  methods: weights(PAGE_METHODS),
  /** Share of the citizens whose first attempt to pay is declined; they try again at once. */
  declined: share.default(0),
  /** How long they take to act, in seconds: from, to. Institutions take up to the latter. */
  seconds: z.tuple([z.number().min(0), z.number().min(0).max(600)]).default([1, 10]),
  /** Citizens whose behaviour is not left to chance, by their id; institutions leave their bills alone. */
  fixed: z.record(z.string(), z.enum(BEHAVIOURS)).default({}),
})

/** The policy comes with the institution where the row names none, so a mapping for several of them has no other defaults. */
const columns = z.strictObject({ ...columnFields, institution: text, title: text })

/** How a file of bills is read, and what the simulated citizens do with them: docs/mapping.md explains each field. */
export const mappingSchema = z
  .strictObject({
    /** Named wherever a result of the file is shown. */
    source: z.strictObject({ name: text, licence: text }).optional(),
    ...fileFields,
    columns,
    institutions: z.array(institution).min(1),
    /** By name, as the API takes them. */
    policies: z.record(slug, policyBody),
    contacts: z.array(contact).default([]),
    citizens,
    institutionActs: weights(INSTITUTION_ACTS).default({ leave: 1, cancel: 0, writeOff: 0 }),
  })
  .superRefine(({ institutions, policies }, context) => {
    const twice = (key: 'value' | 'slug'): void => {
      const seen = new Set<string>()
      for (const [index, one] of institutions.entries()) {
        if (seen.has(one[key]))
          context.addIssue({ code: 'custom', path: ['institutions', index, key], message: `"${one[key]}" stands here twice` })
        seen.add(one[key])
      }
    }
    twice('value')
    twice('slug')
    for (const [index, { policy }] of institutions.entries()) {
      if (policies[policy] === undefined) {
        context.addIssue({
          code: 'custom',
          path: ['institutions', index, 'policy'],
          message: `"${policy}" is not one of policies: ${Object.keys(policies).join(', ')}`,
        })
      }
    }
  })

  // What the reader of files knows of it: made-up addresses are no columns, and the institution is ours to read.
  .transform((mapping) => {
    const { institution: _, ...own } = mapping.columns
    const contacts = mapping.contacts.flatMap((one) => ('column' in one ? [one] : []))
    return { ...mapping, reading: { ...mapping, columns: own, contacts, defaults: {} } satisfies Reading as Reading }
  })

export type Mapping = z.infer<typeof mappingSchema>
export type MappedInstitution = Mapping['institutions'][number]
