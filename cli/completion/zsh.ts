import { type CompletedCommand, firstSentence } from './tree.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const described = (name: string, description: string): string => quoted(`${name.replaceAll(':', '\\:')}:${firstSentence(description)}`)

/** A file `_goji` on the fpath, or `source <(goji completion zsh)`. */
export function zshScript(tree: readonly CompletedCommand[]): string {
  const deeper = tree.slice(1).map(({ words }) => quoted(words))
  const after = tree.flatMap(({ words, options }) =>
    options.flatMap(({ long, short, value }) => {
      if (value.kind === 'none') return []
      const place = [long, ...(short === undefined ? [] : [short])].map((flag) => quoted(`${words} ${flag}`)).join('|')
      if (value.kind === 'choice') return [`    (${place}) compadd -- ${value.choices.map(quoted).join(' ')}; return ;;`]
      return [`    (${place}) ${value.kind === 'file' ? '_files' : '_message value'}; return ;;`]
    }),
  )
  const words = tree.map((command) => {
    const commands = [...command.commands, ...command.choices.map((name) => ({ name, description: name }))]
    const list = commands.map(({ name, description }) => described(name, description))
    const options = command.options.map(({ long, description }) => described(long, description))
    return `    (${quoted(command.words)})
      next=(${list.join(' ')})
      options=(${options.join(' ')})
      ${command.takesFile ? '_files' : ':'} ;;`
  })
  return `#compdef goji
# Completion of goji for zsh. Load it with: source <(goji completion zsh)
_goji() {
  local at=goji i
  local -a next options
  for ((i = 2; i < CURRENT; i++)); do
    case "$at $words[i]" in
      (${deeper.join('|')}) at="$at $words[i]" ;;
    esac
  done
  case "$at $words[CURRENT-1]" in
${after.join('\n')}
  esac
  case "$at" in
${words.join('\n')}
  esac
  (( $#next )) && _describe command next
  _describe option options
}
(( $+functions[compdef] )) && compdef _goji goji
`
}
