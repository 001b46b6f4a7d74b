import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks per second that Linux reports in; fixed at 100 for user space. */
const TICKS_PER_SECOND = 100

/** CPU seconds of a process and its ended children; 0 where there is none (or no /proc, outside Linux). */
function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
  } catch {
    return 0
  }
}

/** A process and everything below it, but for the families of `others`, which are counted by themselves. */
function family(root: number, others: readonly number[]): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((name) => {
      try {
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')
        return [{ pid: Number(name), parent: Number(fields[1]) }]
      } catch {
        return []
      }
    })
  const members = [root]
  for (const member of members)
    members.push(...parents.filter(({ parent, pid }) => parent === member && !others.includes(pid)).map(({ pid }) => pid))
  return members
}

/** CPU seconds spent so far by each named process with its children. */
export function cpuOf(processes: Readonly<Record<string, number>>): Record<string, number> {
  const roots = Object.values(processes)
  return Object.fromEntries(
    Object.entries(processes).map(([name, pid]) => [name, family(pid, roots).reduce((sum, member) => sum + cpuSeconds(member), 0)]),
  )
}
