import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'

/**
 * `npm run new:channel NAME` and `npm run new:gateway NAME`: one folder that works as it is, with a provider of its own
 * to talk to. What stands in it about that provider is marked `YOURS:`.
 */
type Kind = 'channel' | 'gateway'

const TEMPLATES = new URL('templates/', import.meta.url)
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/** Every file below a folder, relative to it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path).map((one) => join(name, one)) : [name]
  })
}

/** The template's text under another name: as a folder's name, in code, and in the environment. */
function renamed(text: string, name: string): string {
  const words = name.split('-')
  const inCode = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return text
    .replaceAll('../adapters/kit/', '../kit/')
    .replaceAll(/(?:\.\.\/)+kit\//g, (path) => path.replace('../', ''))
    .replaceAll('SAMPLE', words.join('_').toUpperCase())
    .replaceAll('Sample', inCode)
    .replaceAll(/\bsample\b/g, name)
}

/**
 * Writes the folder and answers its files.
 * @throws Error where the name is none, or is taken by a channel or gateway.
 */
export async function writeAdapter(root: string, kind: Kind, name: string): Promise<string[]> {
  if (!NAME.test(name)) throw new Error(`"${name}" is no name of a folder. Use lower case letters, digits and single hyphens.`)
  for (const taken of ['channels', 'gateways', 'providers'])
    if (existsSync(join(root, 'adapters', taken, name))) throw new Error(`adapters/${taken}/${name} is there already. Choose another name.`)
  const from = fileURLToPath(new URL(`${kind}/`, TEMPLATES))
  const to = join(root, 'adapters', `${kind}s`, name)
  const style = await resolveConfig(fileURLToPath(import.meta.url))
  const paths = []
  for (const file of filesIn(from)) {
    const path = join(to, file.replace(/^sample\.test\.ts$/, `${name}.test.ts`))
    mkdirSync(dirname(path), { recursive: true })
    // A longer or shorter name breaks lines elsewhere.
    writeFileSync(path, await format(renamed(readFileSync(join(from, file), 'utf8'), name), { ...style, filepath: path }))
    paths.push(path)
  }
  return paths
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const [kind, name = ''] = positionals
  if ((kind !== 'channel' && kind !== 'gateway') || positionals.length > 2)
    throw new Error('Say what to make: npm run new:channel NAME, or npm run new:gateway NAME.')
  const root = fileURLToPath(new URL('..', import.meta.url))
  const files = await writeAdapter(root, kind, name)
  console.log(files.map((file) => `  ${relative(root, file)}`).join('\n'))
  console.log(`
List its settings:          npm run docs
It works as it is:          npm test -- test/contract adapters/${kind}s/${name}
What to replace is marked:  grep -rn YOURS: adapters/${kind}s/${name}
How it goes on:             docs/adding-a-${kind}.md`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await main()
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
