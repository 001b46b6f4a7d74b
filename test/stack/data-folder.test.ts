import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { Secrets } from '../../cli/stack/secrets.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('the data folder', () => {
  const parent = temporaryFolder()

  it('is made where there is none, and keeps its name when opened again', () => {
    const path = join(parent, 'new', 'deep')
    expect(DataFolder.open(path).id).toBe(DataFolder.open(path).id)
  })

  it("is refused when it holds something that is not Goji's", () => {
    const path = join(parent, 'foreign')
    mkdirSync(path)
    writeFileSync(join(path, 'thesis.txt'), '')
    expect(() => DataFolder.open(path)).toThrow(expect.objectContaining({ code: 'data_folder_foreign' }))
    expect(readdirSync(path)).toEqual(['thesis.txt'])
  })

  it('is refused with the way out where nothing can be made, not even by root', () => {
    const path = process.platform === 'darwin' ? '/System/goji' : '/sys/goji'
    expect(() => DataFolder.open(path)).toThrow(
      expect.objectContaining({ code: 'data_folder_unwritable', message: expect.stringContaining('--data DIR') }),
    )
  })

  it('is refused when it is a file', () => {
    const path = join(parent, 'file')
    writeFileSync(path, '')
    expect(() => DataFolder.open(path)).toThrow(expect.objectContaining({ code: 'data_folder_unwritable' }))
  })

  it('is emptied of all but what is to be kept', () => {
    const data = DataFolder.open(join(parent, 'full'))
    writeFileSync(join(data.folder('postgres'), 'row'), '')
    writeFileSync(data.file('lock.json'), '')
    data.empty(['lock.json'])
    expect(readdirSync(data.path).sort()).toEqual(['goji-data.json', 'lock.json'])
    expect(DataFolder.open(data.path).id).toBe(data.id)
  })

  it('removes what lies elsewhere only where it bears its name', () => {
    const data = DataFolder.open(join(parent, 'elsewhere'))
    const [ours, notOurs] = [join(parent, `goji-${data.id}`), join(parent, 'not-ours')]
    for (const path of [ours, notOurs]) {
      mkdirSync(path)
      data.ownElsewhere(path)
    }
    DataFolder.open(data.path).empty([])
    expect([existsSync(ours), existsSync(notOurs)]).toEqual([false, true])
  })

  it('keeps secrets from start to start, for its owner alone', () => {
    const file = join(parent, 'secrets.json')
    const made = new Secrets(file).get('pepper')
    expect(made).toMatch(/^[\w-]{43}$/)
    expect(new Secrets(file).get('pepper')).toBe(made)
    expect(new Secrets(file).get('other')).not.toBe(made)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})
