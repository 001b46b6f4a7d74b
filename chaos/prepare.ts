import type { Caller } from './load/caller.ts'
import { Institution } from './load/institution.ts'
import { policyOf } from './load/policy.ts'
import type { Receiver } from './load/receiver.ts'

const NAMES = ['tax-office', 'waterworks', 'parking-office']

/** Institutions with their policy and their webhook endpoints, made while everything is well. */
export async function makeInstitutions(parts: {
  readonly caller: Caller
  readonly platformKey: string
  readonly receiver: Receiver
  readonly receiverUrl: string
  readonly apiUrl: string
  readonly unit: number
}): Promise<Institution[]> {
  const { caller, platformKey, receiver, receiverUrl, apiUrl, unit } = parts
  const institutions: Institution[] = []
  for (const name of NAMES) {
    const body = { slug: name, name: { ko: name, en: name }, currency: 'KRW', zone: 'Asia/Seoul' }
    const { body: made, outcome } = await caller.order(platformKey, {
      what: 'createInstitution',
      path: '/v1/institutions',
      body,
      expects: [],
    })
    if (outcome !== 'acknowledged') throw new Error(`The institution ${name} could not be made: ${JSON.stringify(made)}`)
    const { institution, key } = made as unknown as { institution: { id: string }; key: { id: string; secret: string } }
    await putPolicy(`${apiUrl}/v1/institutions/${institution.id}/policies/chaos`, platformKey, unit)
    const one = new Institution({ id: institution.id, name, key, caller, platformKey, receiver })
    await one.subscribe(receiverUrl)
    institutions.push(one)
  }
  return institutions
}

async function putPolicy(url: string, platformKey: string, unit: number): Promise<void> {
  const body = JSON.stringify({ title: { ko: '자동차세', en: 'Vehicle tax' }, policy: policyOf(unit) })
  const headers = { authorization: `Bearer ${platformKey}`, 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'PUT', headers, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`The policy was refused with ${response.status}: ${text.slice(0, 500)}`)
}
