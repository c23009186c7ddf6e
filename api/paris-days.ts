const DAY_MS = 86_400_000

/** `count` consecutive days that end with `last`, oldest first. Reckoned on dates alone, so a change of clocks adds or loses none. */
export function daysUpTo(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00Z`)
  return Array.from({ length: count }, (_, n) => new Date(end - (count - 1 - n) * DAY_MS).toISOString().slice(0, 10))
}
