const NARROW_SPACE = '\u202f'
const HARD_SPACE = '\u00a0'

/**
 * Puts the unbreakable spaces that French asks for: narrow ones before « ; ! ? » and between groups of digits, full
 * ones before « : » and « % », inside guillemets and before the euro sign;
 * and the curved apostrophe. Sentences in the source keep plain spaces and apostrophes, which one can see and search.
 */
export function frenchSpaces(sentence: string): string {
  return sentence
    .replaceAll(/(?<=\p{L})'(?=\p{L})/gu, '’')
    .replaceAll(/ (?=[;!?])/g, NARROW_SPACE)
    .replaceAll(/ (?=[:%»€])/g, HARD_SPACE)
    .replaceAll('« ', `«${HARD_SPACE}`)
    .replaceAll(/(?<=\d) (?=\d{3}(?!\d))/g, NARROW_SPACE)
    .replaceAll(/(?<=\d) (?=(?:min|h|jours?|minutes?|heures?|secondes?|caractères)\b)/g, HARD_SPACE)
}

/** The first of a month as French writes it: « 1er nov. », where a machine's format says « 1 nov. ». */
export function frenchFirst(day: string): string {
  return day.replace(/^1(?=\s)/, '1er')
}
