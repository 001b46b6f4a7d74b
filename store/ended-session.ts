/**
 * Whether PostgreSQL ended this session, or refused to begin one, instead of refusing a statement: it says FATAL or PANIC then,
 * under any code at all. After a crash on a full disk, for one, no session begins for want of a file (XX000, "could not write init
 * file"). https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-SEVERITY-LEVELS
 */
export function endedSession(error: unknown): boolean {
  const severity = (error as { severity?: unknown } | null)?.severity
  return severity === 'FATAL' || severity === 'PANIC'
}
