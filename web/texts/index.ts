import type { Language } from '../../domain/ports/channel.ts'
import { en } from './en.ts'
import { ko, type Texts } from './ko.ts'

export type { Texts } from './ko.ts'

export const TEXTS: Readonly<Record<Language, Texts>> = { ko, en }

export const isLanguage = (text: unknown): text is Language => text === 'ko' || text === 'en'
