import type { Language } from '../../../domain/ports/channel.ts'
import { en } from './en.ts'
import { type ConsoleTexts, ko } from './ko.ts'

export type { ConsoleTexts } from './ko.ts'

export const CONSOLE_TEXTS: Readonly<Record<Language, ConsoleTexts>> = { ko, en }
