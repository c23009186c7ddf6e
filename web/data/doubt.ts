export const DOUBT = 'person-in-doubt'

/** The API took this page for nobody's although somebody may stand on it: their session may have been ended elsewhere. */
export function doubtPerson(): void {
  globalThis.dispatchEvent?.(new Event(DOUBT))
}
