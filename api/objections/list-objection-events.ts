import { entriesOfObjection } from '../../store/log/entries-about.ts'
import { readObjection } from '../../store/objections/objection-row.ts'
import { entriesAboutEndpoint } from '../entries-about.ts'
import { exampleId } from '../../schemas/ids.ts'

export const listObjectionEventsEndpoint = entriesAboutEndpoint({
  path: '/v1/objections/{id}/events',
  operationId: 'listObjectionEvents',
  tag: 'Objections',
  summary: 'Read what happened to an objection',
  description: "The entries of its bill's log that are about it, the oldest first. The citizen's own words are never in them.",
  access: ['bills:read'],
  prefix: 'obj',
  noun: 'objection',
  example: { action: 'objected', actor: 'citizen', body: { objectionId: exampleId('obj') } },
  entries: entriesOfObjection,
  assert: ({ root, owner, params }) => readObjection(root.sql, owner, params.id),
})
