import type { CompletedCommand } from './tree.ts'

const quoted = (text: string): string => `"${text.replace(/["\\$`]/g, '\\$&')}"`

/** `source <(goji completion bash)` */
export function bashScript(tree: readonly CompletedCommand[]): string {
  const deeper = tree.slice(1).map(({ words }) => quoted(words))
  const after = tree.flatMap(({ words, options }) =>
    options.flatMap(({ long, short, value }) => {
      if (value.kind === 'none') return []
      const place = [long, ...(short === undefined ? [] : [short])].map((flag) => quoted(`${words} ${flag}`)).join('|')
      if (value.kind === 'choice')
        return [`    ${place}) COMPREPLY=($(compgen -W ${quoted(value.choices.join(' '))} -- "$cur")); return ;;`]
      return [`    ${place}) ${value.kind === 'file' ? 'COMPREPLY=($(compgen -f -- "$cur"))' : 'COMPREPLY=()'}; return ;;`]
    }),
  )
  const words = tree.map((command) => {
    const next = [...command.commands.map(({ name }) => name), ...command.choices, ...command.options.map(({ long }) => long)].join(' ')
    const files = command.takesFile ? '; COMPREPLY+=($(compgen -f -- "$cur"))' : ''
    return `    ${quoted(command.words)}) COMPREPLY=($(compgen -W ${quoted(next)} -- "$cur"))${files} ;;`
  })
  return `# Completion of goji for bash. Load it with: source <(goji completion bash)
_goji() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at=goji i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${deeper.join('|')}) at="$at \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at $prev" in
${after.join('\n')}
  esac
  case "$at" in
${words.join('\n')}
  esac
}
complete -o filenames -F _goji goji
`
}
