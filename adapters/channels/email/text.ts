import type { Notice } from '../../../domain/ports/channel.ts'
import { WORDING } from './wording.ts'

/** The mail for readers that show plain text, in the order of the HTML. */
export function renderText(notice: Notice): string {
  const wording = WORDING[notice.language]
  return [
    `${notice.institution} · ${wording.kind[notice.purpose]}`,
    notice.subject,
    wording.greeting(notice.citizenName),
    ...notice.paragraphs,
    notice.facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    `${notice.action.label}:\n${notice.action.url}`,
    `-- \n${wording.footer(notice.institution).join('\n')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}
