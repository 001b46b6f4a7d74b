import type { Language } from '../../domain/ports/channel.ts'
import type { Texts } from '../texts/index.ts'

/** For whom, and as of when (milliseconds), something is put into words. */
export interface Reader {
  readonly text: Texts
  readonly language: Language
  readonly now: number
}
