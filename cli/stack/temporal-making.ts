/** How the command is made in a folder. */
export interface TemporalMaking {
  readonly version: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Hears what is being done while it takes long. */
  readonly note: (line: string) => void
  /** Hears again and again how far it is. */
  readonly status?: ((text: string) => void) | undefined
  /** Where releases are downloaded from, when not from where the SDK itself does. */
  readonly releases?: string
}
