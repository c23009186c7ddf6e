/** Why a database could not be brought up to date, in one sentence that a person can act on. It never holds a password. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The SQLSTATE or the system's error code. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}
