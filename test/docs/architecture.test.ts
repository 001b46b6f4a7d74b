import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
const drawing = /## Who may import whom\s+```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const edges = (arrow: RegExp): string[] => [...drawing.matchAll(arrow)].map(([, from, to]) => `${from ?? ''} → ${to ?? ''}`)

const IMPORT = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g
const NOT_SHIPPED = /\.test\.ts$|(?:^|\/)(?:harness|simulator-bench)\.ts$/
/** The faces and what puts the parts together import it all over; the drawing would be lost in it. */
const DOMAIN_NOT_DRAWN = ['api', 'web', 'cli', 'composition']

/** Which of the folders import which others. */
function imports(folders: readonly string[]): string[] {
  const found = new Set<string>()
  for (const folder of folders) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    for (const file of files.filter((name) => name.endsWith('.ts') && !NOT_SHIPPED.test(name))) {
      const path = join(folder, file)
      for (const [, imported = ''] of readFileSync(join(ROOT, path), 'utf8').matchAll(IMPORT)) {
        const to = normalize(join(path, '..', imported)).split('/')[0] ?? ''
        if (to !== folder) found.add(`${folder} → ${to}`)
      }
    }
  }
  return [...found].filter((edge) => !DOMAIN_NOT_DRAWN.some((folder) => edge === `${folder} → domain`)).sort()
}

it('draws the folders of the engine, and every import between them, and no other', () => {
  const drawn = edges(/^ +(\w+) -->(?:\|[^|]*\|)? (\w+)$/gm)
  const folders = [...new Set(drawn.flatMap((edge) => edge.split(' → ')))]
  expect(folders.length).toBeGreaterThan(12)
  expect(imports(folders)).toEqual(drawn.sort())
})

it('draws with a broken line what is found by its path', () => {
  expect(edges(/^ +(\w+) -\. "[^"]+" \.-> (\w+)$/gm)).toEqual(['workers → workflows', 'composition → adapters'])
})
