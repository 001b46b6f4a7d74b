import type { Language } from '../../domain/ports/channel.ts'
import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'

/** Records what the citizen chose, and in the citizen's log that it was chosen: which channel came first is evidence. */
export async function updatePreferences(
  tx: Tx,
  citizenId: string,
  chosen: { language: Language; preferredChannels: readonly string[]; zone: string | null },
  now: number,
): Promise<void> {
  // The row is the lock under which the citizen's log is appended.
  const changed = await tx`
    update citizens set language = ${chosen.language}, preferred_channels = ${chosen.preferredChannels as string[]}, zone = ${chosen.zone}
    where id = ${citizenId} and (language, preferred_channels, zone) is distinct from (${chosen.language}, ${chosen.preferredChannels as string[]}, ${chosen.zone})`
  if (changed.count > 0)
    await appendLog(tx, `citizen:${citizenId}`, {
      at: now,
      action: 'preferencesChanged',
      actor: 'citizen',
      body: { ...chosen, zone: chosen.zone ?? undefined },
    })
}
