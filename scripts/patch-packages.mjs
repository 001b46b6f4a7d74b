import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { applyPatch, parsePatch, reversePatch } from 'diff'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Applies what lies in `patches/` to the installed packages. A file that has its patch already stays as it is, so this may run
 * at any time; it runs after each install.
 * @throws Error that names the file which a patch does not fit; nothing of that file is changed then.
 */
export function patchPackages(root = ROOT) {
  for (const name of readdirSync(`${root}/patches`).filter((file) => file.endsWith('.patch')))
    for (const patch of parsePatch(readFileSync(`${root}/patches/${name}`, 'utf8'))) patchFile(root, name, patch)
}

function patchFile(root, name, patch) {
  const file = `${root}/${patch.newFileName.replace(/^b\//, '')}`
  const text = readFileSync(file, 'utf8')
  const patched = applyPatch(text, patch)
  if (patched !== false) writeFileSync(file, patched)
  else if (applyPatch(text, reversePatch(patch)) === false)
    throw new Error(`patches/${name} does not fit ${file}. Is it meant for another version of the package?`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) patchPackages()
