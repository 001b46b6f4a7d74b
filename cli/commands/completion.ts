import { Argument, Command } from 'commander'
import { bashScript } from '../completion/bash.ts'
import { fishScript } from '../completion/fish.ts'
import { completionTree } from '../completion/tree.ts'
import { zshScript } from '../completion/zsh.ts'
import { examples } from '../options.ts'

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const
type Shell = keyof typeof SCRIPTS

export const completionCommand = (): Command =>
  new Command('completion')
    .description('Print what a shell needs to complete commands, options and their values.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', examples('source <(goji completion bash)', 'source <(goji completion zsh)', 'goji completion fish | source'))
    .action((shell: Shell, _flags: unknown, command: Command) => {
      process.stdout.write(SCRIPTS[shell](completionTree(rootOf(command))))
    })

const rootOf = (command: Command): Command => (command.parent ? rootOf(command.parent) : command)
