import { type CompletedCommand, firstSentence } from './tree.ts'

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`

/** `goji completion fish > ~/.config/fish/completions/goji.fish` */
export function fishScript(tree: readonly CompletedCommand[]): string {
  const lines = tree.flatMap(({ words, commands, options, takesFile, choices }) => {
    const begin = `complete -c goji -n ${quoted(`__goji_at ${quoted(words)}`)}`
    return [
      ...commands.map(({ name, description }) => `${begin} -a ${quoted(name)} -d ${quoted(firstSentence(description))}`),
      ...(choices.length > 0 ? [`${begin} -a ${quoted(choices.join(' '))}`] : []),
      ...(takesFile ? [`${begin} -F`] : []),
      ...options.map(({ long, short, description, value }) => {
        const flags = `-l ${long.replace(/^--/, '')}${short === undefined ? '' : ` -s ${short.replace(/^-/, '')}`}`
        const needs = { none: '', text: ' -x', file: ' -r -F', choice: ' -x' }[value.kind]
        const some = value.kind === 'choice' ? ` -a ${quoted(value.choices.join(' '))}` : ''
        return `${begin} ${flags} -d ${quoted(firstSentence(description))}${needs}${some}`
      }),
    ]
  })
  return `# Completion of goji for fish. Load it with: goji completion fish | source
function __goji_at
  set -l at goji
  for word in (commandline -opc)[2..-1]
    switch "$at $word"
      case ${tree
        .slice(1)
        .map(({ words }) => quoted(words))
        .join(' ')}
        set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
complete -c goji -f
${lines.join('\n')}
`
}
