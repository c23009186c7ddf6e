const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' })
const DAY_MS = 86_400_000

/** The day of Paris in which an instant falls, as YYYY-MM-DD. */
export function parisDay(at: Date): string {
  return PARIS.format(at)
}

/** `count` consecutive days that end with `last`, oldest first. Reckoned on dates alone, so a change of clocks adds or loses none. */
export function daysUpTo(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00Z`)
  return Array.from({ length: count }, (_, n) => new Date(end - (count - 1 - n) * DAY_MS).toISOString().slice(0, 10))
}
