import { FORM_TESTING_PARAM } from '#api/adapters/pci-vault/dialect.ts'
import type { Locale } from '#domain/base/enums.ts'
import { escapeHtml } from '#api/mail/template.ts'
import { TEST_CARDS } from '#dev/stand-ins/processor/test-cards.ts'
import { pageHeaders } from '#dev/stand-ins/shared/page.ts'
import type { Asked, Told } from '#dev/stand-ins/shared/serve.ts'
import { CARD_STYLE } from './card-style.ts'
import { CARD_WORDS } from './card-words.ts'
import { grouped } from './cards.ts'
import { STANDARD_FORM, wordOf, type CardForm } from './form-settings.ts'
import { failure, same, type Vault } from './vault.ts'

/** Where a form posts that was not told to be testing. This vault is a staging one, and production is nowhere on this machine. */
const PRODUCTION = 'https://api.pcivault.invalid'

/** What a form understands of its address (https://docs.pcivault.io, "Configured Hosted Form"); any other parameter is sent along with the card. */
const KNOWN = new Set(['unique_id', 'secret', 'reference', 'title', FORM_TESTING_PARAM])

type Target = { url: string; secret: string; extra: Record<string, string> }

/**
 * GET /v1/capture/iframe/{form}?unique_id=&secret=[&reference=][&testing=true]: the only page of the product into which a card is typed. It may
 * be framed by anybody, as the real one, so it sets no frame policy. The language is the form's own: the browser's is not asked.
 */
export function cardPage(vault: Vault, asked: Asked, formId: string): Told {
  const form = formId === 'pcd' ? STANDARD_FORM : vault.forms.get(formId)
  if (form === undefined) return failure(404, 'no such form')
  const locale = form.locale === 'fr' ? 'fr' : 'en'
  const words = CARD_WORDS[locale]
  const endpoint = vault.endpoint(asked.query.get('unique_id') ?? '')
  if (endpoint === null || !same(asked.query.get('secret') ?? '', endpoint.secret)) {
    return page(404, locale, `<h1>${words.gone}</h1><p>${words.goneHint}</p>`)
  }
  const query = new URLSearchParams({ form_type: 'pcd' })
  const reference = asked.query.get('reference')
  if (reference !== null) query.set('reference', reference)
  const host = asked.query.get(FORM_TESTING_PARAM) === 'true' ? '' : PRODUCTION
  const extra = Object.fromEntries([...asked.query].filter(([name]) => !KNOWN.has(name)))
  return page(
    200,
    locale,
    content(form, locale, { url: `${host}/v1/capture/${endpoint.id}?${query.toString()}`, secret: endpoint.secret, extra }),
  )
}

function content(form: CardForm, locale: Locale, target: Target): string {
  const words = CARD_WORDS[locale]
  const say = (name: string, otherwise: string): string => escapeHtml(wordOf(form, name, otherwise))
  const said = {
    saved: wordOf(form, 'submit.success', 'Card successfully captured.'),
    failed: wordOf(form, 'submit.error', 'An error occurred, refresh the page and try again.'),
  }
  const told: Record<string, string> = {
    url: target.url,
    secret: target.secret,
    extra: JSON.stringify(target.extra),
    strip: String(form.strip_spaces),
    words: JSON.stringify({ ...words.script, ...said }),
  }
  const data = Object.entries(told).map(([name, value]) => `data-${name}="${escapeHtml(value)}"`)
  return `<header><h1>${words.title}</h1><p class="safe">${LOCK}${words.safe}</p></header>
<noscript><p class="alert">${words.noScript}</p></noscript>
<form id="card" novalidate ${data.join(' ')}>
${field('card_number', say('form.card_number.label', 'Card Number'), '', 'cc-number', 'inputmode="numeric" maxlength="23"', '<span class="brand" id="brand" aria-hidden="true"></span>')}
${field('card_holder', say('form.card_holder.label', 'Card Holder'), '', 'cc-name', 'maxlength="100" spellcheck="false"')}
${field('expiry', say('form.expiry.label', 'Expiration Date'), words.expiryHint, 'cc-exp', 'inputmode="numeric" maxlength="7"', '', 'half')}
${field('cvv', say('form.cvv.label', 'CVV'), '', 'cc-csc', 'inputmode="numeric" maxlength="4"', '', 'half')}
<p class="alert" id="alert" role="alert"></p>
<button class="save" id="save">${say('form.submit.label', 'SECURE CAPTURE CARD')}</button>
</form>
<div class="done" id="done" role="status" hidden>${TICK}<div><h2 tabindex="-1" id="done-title"></h2><p id="done-hint"></p></div></div>
<details id="tests"><summary>${words.tests}</summary><p>${words.testsHint}</p><ul>${TEST_CARDS.map((card) => testRow(locale, card)).join('')}</ul></details>
<script src="/v1/capture/iframe/card-form.js"></script>`
}

function field(name: string, label: string, hint: string, autocomplete: string, attributes: string, extra = '', size = ''): string {
  const small = hint === '' ? '' : ` <span class="hint">${hint}</span>`
  return `<div class="field ${size}"><label for="${name}">${label}${small}</label><div class="box"><input id="${name}" name="${name}" autocomplete="${autocomplete}" required aria-describedby="${name}-error" ${attributes}>${extra}</div><p class="error" id="${name}-error"></p></div>`
}

function testRow(locale: Locale, card: (typeof TEST_CARDS)[number]): string {
  const number = grouped(card.number)
  return `<li><button type="button" class="test" data-number="${number}"><span>${number}</span><span>${escapeHtml(card[locale])}</span></button></li>`
}

function page(status: number, locale: Locale, inner: string): Told {
  const body = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${CARD_WORDS[locale].title}</title><style>${CARD_STYLE}</style></head><body><main>${inner}</main></body></html>`
  return { status, headers: pageHeaders, body }
}

const LOCK =
  '<svg width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" aria-hidden="true"><rect x="4" y="10" width="16" height="11" rx="2"/><path d="M8 10V7a4 4 0 0 1 8 0v3"/></svg>'
const TICK =
  '<svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true"><circle cx="22" cy="22" r="22" fill="#0f7a4d"/><path d="M13 22.5l6 6L31 16.5" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>'
