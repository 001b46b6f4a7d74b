import { ProviderError } from '../../domain/errors.ts'
import type { Adapters } from '../adapters.ts'
import { type Finding, ok, warning, wrong } from './finding.ts'

const PATIENCE_MS = 5_000
/** A delivery of nobody: a channel that answers says that it does not know it. */
const NOBODY = 'dlv_00000000000000000000000000'

/** Which channels and gateways this deployment has, and whether each answers a question that changes nothing. */
export async function diagnoseAdapters(adapters: Adapters, gatewayOfCheckouts: string): Promise<Finding[]> {
  const { channelNames, gatewayNames } = adapters
  return [
    channelNames.length > 0
      ? ok('channels', `Channels: ${channelNames.join(', ')}.`)
      : wrong(
          'channels',
          'No channel is set up: no bill can be delivered.',
          'Set the settings of at least one; docs/settings.md lists them.',
        ),
    gatewayNames.includes(gatewayOfCheckouts)
      ? ok('gateways', `Gateways: ${gatewayNames.join(', ')}; checkouts use ${gatewayOfCheckouts}.`)
      : wrong(
          'gateways',
          `Checkouts use ${gatewayOfCheckouts}, which is not set up. There are: ${gatewayNames.join(', ') || 'none'}.`,
          'Correct GOJI_GATEWAY, or set the settings of that gateway.',
        ),
    ...(await Promise.all(channelNames.map((name) => askChannel(adapters, name)))),
    ...(await Promise.all(
      gatewayNames.map((name) => probe(`gateway:${name}`, (signal) => adapters.gateway(name).settlementFiles(signal))),
    )),
  ]
}

async function askChannel(adapters: Adapters, name: string): Promise<Finding> {
  const channel = adapters.channel(name)
  // Mail cannot be asked anything without sending it.
  if (channel.repeat === 'atLeastOnce') return ok(`channel:${name}`, 'It is set up; it can only be asked by sending something.')
  return probe(`channel:${name}`, (signal) => channel.receipt(NOBODY, signal, ''))
}

async function probe(check: string, ask: (signal: AbortSignal) => Promise<unknown>): Promise<Finding> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    await Promise.race([
      ask(signal),
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })),
    ])
    return ok(check, 'It answers.')
  } catch (error) {
    // Whoever refuses the question for good was there to refuse it.
    if (error instanceof ProviderError && error.kind === 'permanent') return ok(check, 'It answers.')
    if (error instanceof ProviderError && error.kind === 'technical')
      return wrong(check, `It refuses us (${error.code}).`, 'Correct its address and credentials; docs/settings.md names the settings.')
    const code = error instanceof ProviderError ? error.code : (error as Error).name
    return warning(check, `It does not answer (${code}).`, 'Ask its operator. What is due there is tried again by itself.')
  }
}
