import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { LOCALES, PLATFORMS, type Locale, type Platform } from '#domain/base/enums.ts'
import { ask } from '#api/adapters/ask.ts'
import { FORM_ID_FIELD } from '#api/adapters/pci-vault/dialect.ts'
import { ROOT } from '#dev/environment/root.ts'
import { PlainError } from '#dev/plain-error.ts'

export type VaultLogin = { baseUrl: string; username: string; password: string }

const MADE = z.object({ id: z.string() })

/** Of the button, whose text is white whatever one wishes: each reaches 4.5:1 with it. */
const COLOURS: Record<Platform, string> = { WEOKTO: '#6b46c1', STAM: '#9a4b07' }

/**
 * Makes the hosted card forms of both sites at the vault, in both languages, and says what `PCI_VAULT_FORMS` must be. A form's id holds a digest of
 * its settings: what is there already is left alone, and a change makes a form beside the one that buyers have open.
 */
export async function makeCardForms(login: VaultLogin): Promise<string> {
  const named: string[] = []
  for (const site of PLATFORMS) {
    for (const locale of LOCALES) named.push(`${site}.${locale}=${await make(login, site, locale)}`)
  }
  return named.join(',')
}

async function make(login: VaultLogin, site: Platform, locale: Locale): Promise<string> {
  const settings = settingsOf(site, locale)
  const digest = createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 12)
  const id = `${site.toLowerCase()}-${locale}-${digest}`
  const { status, text } = await ask({
    what: 'vault: make a card form',
    method: 'POST',
    url: `${login.baseUrl}/capture/iframe`,
    headers: {
      authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ ...settings, [FORM_ID_FIELD]: id }),
    timeoutMs: 10_000,
  })
  // Its settings are part of the id, so that what is there is this very form.
  if (status === 409) return id
  if (status < 200 || status > 299)
    throw new PlainError(`The vault did not make the card form of ${site} in ${locale}: it answered ${status}.`)
  return MADE.parse(JSON.parse(text)).id
}

/** The names are those of the form's own source (`pci-vault/capture-forms`, CreditCardForm.svelte). */
function settingsOf(site: Platform, locale: Locale) {
  return {
    form_type: 'pcd',
    // One card typed in two ways is one token.
    strip_spaces: true,
    hide_card: true,
    locale,
    translations: { [locale]: translations(locale) },
    theme: { primary_color: COLOURS[site] },
  }
}

/** The form has no French; English stands here too, so that both languages say the same. */
function translations(locale: Locale) {
  const texts = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(join(ROOT, `domain/messages/${locale}/selling.json`), 'utf8')))
  const say = (key: string): string => z.string().parse(texts[`selling_card_form_${key}`])
  const required = say('required')
  return {
    form: {
      card_number: { label: say('number'), required, invalid: say('invalid') },
      card_holder: { label: say('holder'), required },
      expiry: { label: say('expiry'), required },
      expiry_month: { label: say('month') },
      expiry_year: { label: say('year') },
      cvv: { label: say('code'), required },
      submit: { label: say('save') },
    },
    submit: { success: say('saved'), error: say('failed') },
  }
}
