import { z } from 'zod'
import { hasCardNumber } from './card-number.ts'

/** Control, bidirectional and invisible characters: they make a text look like another, or break a letter's headers. */
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0e\ufeff]/
/** More marks on one letter than any language has. */
const MARKS = /\p{M}{5}/u

const isPlain = (value: string): boolean => !FORBIDDEN.test(value) && !MARKS.test(value) && /\S/.test(value)

/** One line of text of up to `max` characters, kept in NFC. */
export const line = (max: number): z.ZodString =>
  z
    .string()
    .normalize('NFC')
    .min(1)
    .max(max)
    .refine(isPlain, {
      message: 'The text is empty or has control, bidirectional or invisible characters. Leave them out.',
      params: { code: 'text_forbidden' },
    })

/** Free text that citizens or operators read. Card numbers are refused: none may ever come here. */
export const text = (max: number): z.ZodString =>
  line(max).refine((value) => !hasCardNumber(value), {
    message: 'The text looks as if it had a card number in it. Card numbers are never taken here.',
    params: { code: 'card_number_refused' },
  })

/** The same text in both languages of the citizens' pages. */
export const bothLanguages = (max: number): z.ZodObject<{ ko: z.ZodString; en: z.ZodString }> =>
  z.strictObject({ ko: text(max), en: text(max) })

export const language = z.enum(['ko', 'en']).meta({ description: "Language of the citizen's notices and pages." })

/** What fits on two pages. */
export const LETTER_MAX = 4_000

/** Text of several lines, such as a citizen's letter; each line is as `text` takes it, and some may be empty. */
export const letter = (max: number): z.ZodType<string, string> =>
  z
    .string()
    .max(max)
    .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(1)
        .refine((value) => value.split('\n').every((one) => one.trim() === '' || isPlain(one.replaceAll('\t', ' '))), {
          message: 'The text has control, bidirectional or invisible characters. Leave them out.',
          params: { code: 'text_forbidden' },
        })
        .refine((value) => !hasCardNumber(value), {
          message: 'The text looks as if it had a card number in it. Card numbers are never taken here.',
          params: { code: 'card_number_refused' },
        }),
    )
