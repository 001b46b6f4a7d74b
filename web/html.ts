/** Markup that is safe to send: made by `html` only, which escapes everything that is put into it. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

export type Child = Html | string | number | bigint | false | null | undefined | readonly Child[]

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

function render(child: Child): string {
  if (child === null || child === undefined || child === false) return ''
  if (child instanceof Html) return child.markup
  return typeof child === 'object' ? child.map(render).join('') : escape(String(child))
}

/** Markup as a template. Texts are escaped, `html` parts and lists of them are not, nothing at all is left out. */
export const html = (strings: TemplateStringsArray, ...children: Child[]): Html =>
  new Html(strings.reduce((all, part, index) => all + render(children[index - 1]) + part))
