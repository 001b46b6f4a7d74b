import { z } from 'zod'
import { findModules } from '../composition/adapters.ts'
import { settings } from '../composition/config.ts'
import { writePage } from './write-page.ts'

interface Property {
  readonly description?: string
  readonly default?: string | number
  readonly enum?: readonly string[]
}

const modules = [...(await findModules<unknown>('channels')), ...(await findModules<unknown>('gateways'))]

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')

/** What a setting is when nothing is said: its default, nothing at all, or a reason not to start. */
const unsaid = (property: Property, required: boolean): string =>
  property.default === undefined ? (required ? '**required**' : 'not set') : `\`${property.default}\``

function processTable(): string {
  const { properties = {}, required = [] } = z.toJSONSchema(settings, { io: 'input' }) as {
    properties?: Record<string, Property>
    required?: string[]
  }
  const rows = Object.entries(properties).map(([name, property]) => {
    if (property.description === undefined) throw new Error(`The setting ${name} in composition/config.ts has no description.`)
    const choices = property.enum === undefined ? '' : ` One of ${property.enum.map((choice) => `\`${choice}\``).join(', ')}.`
    return [`\`${name}\``, unsaid(property, required.includes(name)), property.description + choices]
  })
  return table(['Setting', 'Unless set', 'Meaning'], rows)
}

function adapterSection(module: (typeof modules)[number]): string {
  const rows = Object.entries(module.settings).map(([name, { description, secret, required }]) => [
    `\`${name}\``,
    required ? '**required**' : 'not set',
    secret ? 'yes' : 'no',
    description,
  ])
  const heading = `### The ${module.kind} \`${module.name}\`\n\n${module.description}`
  return rows.length === 0 ? heading : `${heading}\n\n${table(['Setting', 'Unless set', 'Secret', 'Meaning'], rows)}`
}

/** The whole page, as Markdown. */
export function listSettings(): string {
  return (
    [
      '# Settings',
      `Goji's processes (API, worker) read these environment variables when they start, in \`composition/config.ts\` and nowhere
else. A wrong or missing one ends the start with a list of all of them, by name and never by value. \`npm start\` sets
every one of them itself. This page is made by \`npm run docs\`.`,
      '## Of the processes',
      processTable(),
      `## Of the adapters

An adapter is there where all its required settings are set. One that is not there is unknown to policies and webhooks.
A wrong value ends the start with \`setting_invalid\`. API and worker need the same ones.`,
      ...modules.map(adapterSection),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  )
}

writePage(import.meta.url, 'settings.md', listSettings)
