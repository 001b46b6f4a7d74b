import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException | null)?.code === code

/**
 * Writes a file that was not there, whole and on the disk, under its name at once; false where the name is taken. Of
 * several processes that try, also over a shared folder, exactly one is told true.
 */
export async function createFile(path: string, content: string | Buffer): Promise<boolean> {
  const temporary = join(dirname(path), `.${randomUUID()}`)
  await mkdir(dirname(path), { recursive: true })
  const handle = await open(temporary, 'wx')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    return await linkFile(temporary, path)
  } finally {
    await unlink(temporary)
  }
}

/** A second name for a file; false where that name is taken. */
export async function linkFile(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Null where there is no such file. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}
