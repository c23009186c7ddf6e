import * as z from 'zod/mini'
import { LOCALES, PLATFORMS } from '#domain/base/enums.ts'

export const CARD_FORM_NAMES = PLATFORMS.flatMap((site) => LOCALES.map((locale) => `${site}.${locale}` as const))

/** An id becomes part of an address, so it is a plain word. */
const CardFormsSchema = z.record(z.enum(CARD_FORM_NAMES), z.string().check(z.regex(/^[\w-]{1,100}$/)))

/** The vault's hosted forms as they were configured for us, one per site and language, each by the vault's id for it. */
export type CardForms = z.infer<typeof CardFormsSchema>

/** Reads `WEOKTO.fr=id,WEOKTO.en=id,…`; null unless each site and language has its form and nothing else is named. */
export function readCardForms(list: string): CardForms | null {
  const pairs = list.split(',').map((pair) => [pair.split('=')[0]?.trim() ?? '', pair.split('=').slice(1).join('=').trim()])
  const forms = CardFormsSchema.safeParse(Object.fromEntries(pairs))
  return forms.success ? forms.data : null
}
