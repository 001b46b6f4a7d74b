import { linesThat, type Rule } from './rules.ts'

/** Adapters that bear an everyday word for a name: only the word as a value counts, not in a sentence or another name. */
const EVERYDAY = new Set(['app', 'bank', 'bank-transfer', 'card', 'email', 'inbox', 'letter', 'mail', 'paper', 'post', 'sandbox', 'sms'])

/** Where channels and gateways are named as data: policies, deployments, what is read by people, tests and benchmarks. */
const NAMES_AS_DATA = /^(?:examples|docs|deploy|test|bench)\/|\.test\.ts$|\.md$|^(?:docker-)?compose|^package\.json$/

/** What goes through a provider that several channels share has to say so. */
const CHANNELS = /^adapters\/(?:channels|gateways)\//

/**
 * No provider's name stands outside its folder, so that adding or removing one touches nothing else.
 * @param folder Such as `adapters/channels/kakaotalk`.
 */
export function providerRule(folder: string): Rule {
  const name = folder.split('/').at(-1) ?? ''
  const pattern = EVERYDAY.has(name) ? everyday(name) : distinctive(name)
  return {
    name: `"${name}" is named in its own folder only`,
    covers: (path) =>
      /\.(ts|mjs|cjs|sql|json)$/.test(path) &&
      !path.startsWith(`${folder}/`) &&
      !(folder.startsWith('adapters/providers/') && CHANNELS.test(path)) &&
      !NAMES_AS_DATA.test(path) &&
      !OWN_PAGES.has(`${name} ${path}`),
    find: linesThat(pattern),
    instead: 'ask the manifest or the port what it can do ("the channel", "the gateway"); names come from policies and settings',
    planted: {
      path: 'activities/send-notice.ts',
      bad: [`if (channel === '${name}') return`, `import { send } from '../${folder}/client.ts'`, `case "${name}":`],
      good: [`const ${name === 'card' ? 'bank' : 'card'}Number = 1`, 'channel: channel.name'],
    },
  }
}

/** Pages that are a channel themselves and have to say which, a bank that bears a gateway's name, and a log that leaves addresses out. */
const OWN_PAGES = new Set(['inbox web/inbox.ts', 'toss adapters/gateways/portone/banks.ts', 'email composition/log.ts'])

/** The word as a whole string or a folder. Data may say `channel: 'email'`, and HTML `type="email"`. */
const everyday = (name: string): RegExp => new RegExp(`(?<!\\b(?:channel|gateway): |\\w=)(['"\`])${name}\\1|adapters/\\w+/${name}\\b`)

/** The word anywhere: in a string, a comment, or a part of another name such as `fetchTossStatus`. */
function distinctive(name: string): RegExp {
  const words = name.split('-')
  const capital = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('[-_ ]?')
  return new RegExp(
    `(?<![A-Za-z])${words.join('[-_ ]?')}(?![a-z])|${capital}(?![a-z])|(?<![A-Za-z])${words.join('[-_ ]?').toUpperCase()}(?![A-Z])`,
  )
}
