import { logEventExample, logEvents } from '../log-events.ts'
import { ownInstitution } from './own-institution.ts'

export const listInstitutionEventsEndpoint = logEvents({
  path: '/v1/institutions/{id}/events',
  operationId: 'listInstitutionEvents',
  tag: 'Institutions',
  summary: "Read an institution's log",
  access: ['bills:read'],
  prefix: 'ins',
  noun: 'institution',
  example: { ...logEventExample, action: 'policyAdded', body: { name: 'vehicle-tax', version: 3 } },
  assert: async (call) => void (await ownInstitution(call, call.params.id)),
})
