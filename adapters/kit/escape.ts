const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text as it stands in HTML or XML, between tags or in a quoted attribute. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

/** What `escape` wrote, as it was. */
export const unescape = (markup: string): string =>
  Object.entries(ESCAPES).reduceRight((text, [character, entity]) => text.replaceAll(entity, character), markup)
