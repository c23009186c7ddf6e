import type { Locale } from '#domain/base/enums.ts'
import { frenchSpaces } from '#domain/base/typography.ts'

const SENTENCES: Record<string, { fr: string; en: string }> = {
  invalid_type: { fr: 'Ce champ manque ou n’a pas la forme attendue.', en: 'This field is missing or has the wrong form.' },
  too_small: { fr: 'Cette valeur est trop courte ou trop petite.', en: 'This value is too short or too small.' },
  too_big: { fr: 'Cette valeur est trop longue ou trop grande.', en: 'This value is too long or too large.' },
  invalid_format: { fr: 'Cette valeur n’a pas le bon format.', en: 'This value has the wrong format.' },
  invalid_value: { fr: 'Cette valeur n’est pas parmi les choix possibles.', en: 'This value is not one of the choices.' },
  unrecognized_keys: { fr: 'Ce champ n’est pas attendu ici.', en: 'This field is not expected here.' },
}
const OTHER = { fr: 'Cette valeur n’est pas acceptée.', en: 'This value is not accepted.' }

/** What a person reads beside a wrong field, by the validator's issue code. */
export function fieldText(issueCode: string | undefined, locale: Locale): string {
  const entry = SENTENCES[issueCode ?? ''] ?? OTHER
  return locale === 'fr' ? frenchSpaces(entry.fr) : entry.en
}
