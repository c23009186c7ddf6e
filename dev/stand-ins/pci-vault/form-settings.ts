import * as z from 'zod'
import { FORM_ID_FIELD } from '#api/adapters/pci-vault/dialect.ts'

const word = z.string().max(200)
/** Words of one language, by names such as `form.cvv.label` and `submit.success`. */
const words = z.record(z.string(), z.record(z.string(), z.union([word, z.record(z.string(), word)])))

/**
 * What a hosted form can be configured with, as far as we do: the names are those of the form's own source (`pci-vault/capture-forms`,
 * CreditCardForm.svelte) and its defaults are that source's. A name that is not known is refused, so that no wish of ours goes unheard.
 */
export const formShape = z.strictObject({
  form_type: z.literal('pcd'),
  [FORM_ID_FIELD]: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional(),
  strip_spaces: z.boolean().default(false),
  hide_card: z.boolean().default(false),
  locale: z.string().default('en'),
  translations: z.record(z.string(), words).default({}),
  theme: z.record(z.string(), z.string()).default({}),
})

export type CardForm = Omit<z.output<typeof formShape>, typeof FORM_ID_FIELD>

/** The form that everybody has: it keeps the number's spaces, and English is all that it speaks. */
export const STANDARD_FORM: CardForm = formShape.parse({ form_type: 'pcd' })

/** What the form says under a dotted name, or its own English where nothing was given. */
export function wordOf(form: CardForm, name: string, otherwise: string): string {
  const [group = '', field = '', key = ''] = name.split('.')
  const found = form.translations[form.locale]?.[group]?.[field]
  return (typeof found === 'object' ? found[key] : found) ?? otherwise
}
