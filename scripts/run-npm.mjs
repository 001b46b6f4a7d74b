import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const TIMEOUT_MS = 15 * 60_000
const REMINDER_MS = 15_000
/** The numbers are the shell's exit codes. */
const STOP_SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

const pidFile = (folder) => join(folder, '.goji-npm.pid')

/**
 * Runs npm in a folder, with its words on standard error: standard output belongs to what it is run for. A stop signal
 * kills it and ends this process: asked in a friendly way, npm first undoes all that it did and outlives its caller.
 * @throws Error when npm fails or takes longer than fifteen minutes.
 */
export async function runNpm(folder, args) {
  const npm = spawn('npm', args, { cwd: folder, stdio: ['ignore', 2, 2], detached: true })
  const kill = () => {
    try {
      process.kill(-npm.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  const stop = (signal) => {
    kill()
    rmSync(pidFile(folder), { force: true })
    process.exit(STOP_SIGNALS[signal])
  }
  const since = Date.now()
  const deadline = setTimeout(kill, TIMEOUT_MS)
  const reminder = setInterval(() => {
    // On a terminal npm draws its own sign of life.
    if (!process.stderr.isTTY) console.error(`  npm is still at it after ${Math.round((Date.now() - since) / 1000)} s`)
  }, REMINDER_MS)
  for (const signal of Object.keys(STOP_SIGNALS)) process.on(signal, stop)
  try {
    if (npm.pid !== undefined) writeFileSync(pidFile(folder), String(npm.pid))
    const [status, signal] = await once(npm, 'exit')
    if (status !== 0)
      throw new Error(`npm ${args[0]} failed (${signal ?? `exit code ${status}`}): its own words are above. It needs the internet once.`)
  } catch (error) {
    kill()
    throw wordsFor(error, folder)
  } finally {
    clearTimeout(deadline)
    clearInterval(reminder)
    for (const signal of Object.keys(STOP_SIGNALS)) process.removeListener(signal, stop)
    rmSync(pidFile(folder), { force: true })
  }
}

function wordsFor(error, folder) {
  if (error.syscall?.startsWith('spawn'))
    return new Error('npm is not on the PATH. It comes with Node: https://nodejs.org', { cause: error })
  if (['EACCES', 'EROFS'].includes(error.code))
    return new Error(
      `${folder} cannot be written by this user, and the packages are installed there. Clone Goji into a folder of your own.`,
      {
        cause: error,
      },
    )
  return error
}

/** The process of an npm that works in the folder, null where none does. */
export function npmAtWork(folder) {
  try {
    const pid = Number(readFileSync(pidFile(folder), 'utf8'))
    // The number may belong to somebody else by now.
    return commandLine(pid).includes('npm') ? pid : null
  } catch {
    return null
  }
}

const commandLine = (pid) =>
  process.platform === 'linux'
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    : spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout
