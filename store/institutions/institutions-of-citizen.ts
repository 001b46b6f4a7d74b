import type { Queryable } from '../connection.ts'

export interface InstitutionName {
  id: string
  name_ko: string
  name_en: string
}

/** The institutions that have sent a citizen a bill. */
export const institutionsOfCitizen = (sql: Queryable, citizenId: string): Promise<InstitutionName[]> =>
  sql<InstitutionName[]>`
    select id, name_ko, name_en from institutions i
    where exists (select from bills b where b.institution_id = i.id and b.citizen_id = ${citizenId} and b.status <> 'received') order by name_ko`
