import type { Adapters } from '../../composition/adapters.ts'
import type { Bill } from '../../domain/bill.ts'
import { proofBy } from '../../domain/chain.ts'
import { invalid } from '../../domain/errors.ts'
import { parseMoney } from '../../domain/money.ts'
import { forecast } from '../../domain/plan.ts'
import { receivedBill } from '../../domain/received-bill.ts'
import { type ChainLink, type Policy, RECEIPT_LEVELS, type ReceiptLevel } from '../../domain/policy.ts'

const rank = (level: ReceiptLevel): number => RECEIPT_LEVELS.indexOf(level)

/**
 * Refuses a policy that would leave its bills stuck: a channel that is not there or cannot say what is waited for,
 * proof that no channel gives, a plan without an end.
 * @throws GojiError (invalid) as `parseMoney` does; `channel_unknown`, `channel_repeated`, `receipt_beyond_channel`, `proof_beyond_channels`,
 * `quiet_all_day`, `amount_not_positive`, `policy_endless`.
 */
export function checkPolicy(policy: Policy, adapters: Pick<Adapters, 'channel' | 'channelNames'>, now: number): void {
  const { chain, proofOfService, calendar, late } = policy
  if (late?.again?.principalFrom !== undefined) parseMoney(late.again.principalFrom, '/policy/late/again/principalFrom')
  chain.forEach(({ channel, until }, index) => {
    const pointer = `/policy/chain/${index}`
    if (!adapters.channelNames.includes(channel)) {
      throw invalid(
        'channel_unknown',
        `There is no such channel here. There are: ${adapters.channelNames.join(', ') || 'none'}.`,
        `${pointer}/channel`,
      )
    }
    if (chain.findIndex((link) => link.channel === channel) !== index)
      throw invalid('channel_repeated', 'A channel stands twice in the chain.', `${pointer}/channel`)
    const { reports } = adapters.channel(channel)
    // Our own page tells who opened the link that a notice carries, whatever its channel reports.
    if (until !== 'read' && rank(until) > rank(reports))
      throw invalid(
        'receipt_beyond_channel',
        `This channel reports "${reports}" at most; a chain that waits for more never ends there.`,
        `${pointer}/until`,
      )
  })
  const proves = ({ channel }: ChainLink): boolean => {
    const proof = proofBy(channel, policy)
    return proof === 'read' || rank(proof) <= rank(adapters.channel(channel).reports)
  }
  if (!chain.some(proves)) {
    throw invalid(
      'proof_beyond_channels',
      `No channel of the chain reports "${proofOfService}", so no bill could ever be proven.`,
      '/policy/proofOfService',
    )
  }
  if (calendar.quietHours !== undefined && calendar.quietHours.from === calendar.quietHours.until) {
    throw invalid('quiet_all_day', 'Quiet hours that end where they begin have no meaning. Leave them out.', '/policy/calendar/quietHours')
  }
  if (policy.partialPayments !== undefined) {
    const pointer = '/policy/partialPayments/minimum'
    if (parseMoney(policy.partialPayments.minimum, pointer).minor <= 0n)
      throw invalid('amount_not_positive', 'The smallest part has to be more than zero.', `${pointer}/amount`)
  }
  refuseEndless(policy, now)
}

/** The plan itself is asked: about a bill nobody reacts to, a notice, and a paid bill whose settlement never comes. */
function refuseEndless(policy: Policy, now: number): void {
  const bill = sampleBill(now)
  const ends = [
    { sample: bill, last: ['handBack', 'expire'] },
    { sample: { ...bill, asksMoney: false, chargedMinor: 0n }, last: ['handBack', 'conclude'] },
    { sample: { ...bill, status: 'paid' as const, issuedAt: now, paidMinor: 1_000n, paidAt: now }, last: ['openException'] },
  ]
  for (const { sample, last } of ends) {
    if (!last.includes(lastStep(sample, policy, now) ?? '')) {
      throw invalid(
        'policy_endless',
        'A bill under this policy would never come to an end. Check the waiting times and what the due date counts from.',
        '/policy',
      )
    }
  }
}

function lastStep(bill: Bill, policy: Policy, now: number): string | undefined {
  try {
    return forecast(bill, policy, now).at(-1)?.step.kind
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** A bill that nobody has reacted to yet, to ask the plan about. */
export const sampleBill = (now: number): Bill =>
  receivedBill({
    currency: 'KRW',
    asksMoney: true,
    issueAt: now,
    dueDate: null,
    preferredChannels: [],
    addressedChannels: [],
    chargedMinor: 1_000n,
  })
