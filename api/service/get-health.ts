import { z } from 'zod'
import { definePublic } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'

export const getHealthEndpoint = definePublic({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tag: 'Service',
  summary: 'Is the process alive?',
  description: 'Asks nothing of anything else: a process that answers needs no restart.',
  consistency: 'strong',
  access: 'public',
  answers: { 200: { description: 'It is.', schema: z.strictObject({ status: z.literal('alive') }), example: { status: 'alive' } } },
  serve: async () => reply(200, { status: 'alive' }),
})
