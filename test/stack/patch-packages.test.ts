import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { temporaryFolder } from './temporary-folder.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const { patchPackages } = (await import(new URL('../../scripts/patch-packages.mjs', import.meta.url).href)) as {
  patchPackages: (root: string) => void
}
const PATCH = `diff --git a/node_modules/one/index.js b/node_modules/one/index.js
--- a/node_modules/one/index.js
+++ b/node_modules/one/index.js
@@ -1,3 +1,3 @@
 first
-second
+another second
 third
`

describe('patching the installed packages', () => {
  const parent = temporaryFolder()
  let count = 0
  let folder: string
  let file: string
  beforeEach(() => {
    folder = join(parent, `clone-${++count}`)
    file = join(folder, 'node_modules', 'one', 'index.js')
    mkdirSync(join(folder, 'node_modules', 'one'), { recursive: true })
    mkdirSync(join(folder, 'patches'))
    writeFileSync(join(folder, 'patches', 'one+1.0.0.patch'), PATCH)
  })

  it('is done once, however often it is asked for', () => {
    writeFileSync(file, 'first\nsecond\nthird\n')
    for (let time = 0; time < 2; time += 1) {
      patchPackages(folder)
      expect(readFileSync(file, 'utf8')).toBe('first\nanother second\nthird\n')
    }
  })

  it('is refused for a file that it is not meant for, which stays as it is', () => {
    writeFileSync(file, 'first\nthird\n')
    expect(() => patchPackages(folder)).toThrow('patches/one+1.0.0.patch does not fit')
    expect(readFileSync(file, 'utf8')).toBe('first\nthird\n')
  })

  it('has a patch for the version that is locked, and for no other', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string }>
    }
    for (const name of readdirSync(join(ROOT, 'patches'))) {
      const [, of = '', version] = /^(.+)\+([^+]+)\.patch$/.exec(name) ?? []
      expect({ name, version: packages[`node_modules/${of}`]?.version }).toEqual({ name, version })
    }
    // What is installed here has it.
    cpSync(join(ROOT, 'patches'), join(folder, 'patches'), { recursive: true })
    cpSync(join(ROOT, 'node_modules', 'postgres', 'src'), join(folder, 'node_modules', 'postgres', 'src'), { recursive: true })
    writeFileSync(file, 'first\nsecond\nthird\n')
    const before = readFileSync(join(ROOT, 'node_modules', 'postgres', 'src', 'connection.js'), 'utf8')
    patchPackages(folder)
    expect(readFileSync(join(folder, 'node_modules', 'postgres', 'src', 'connection.js'), 'utf8')).toBe(before)
  })
})
