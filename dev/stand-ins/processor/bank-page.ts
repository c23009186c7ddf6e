import type { Locale } from '#domain/base/enums.ts'
import { escapeHtml } from '#api/mail/template.ts'
import { pageHeaders, readLocale } from '#dev/stand-ins/shared/page.ts'
import type { Asked, Told } from '#dev/stand-ins/shared/serve.ts'
import { fail, succeed } from './confirm.ts'
import { readForm } from './form.ts'
import type { Kept } from './model.ts'
import { cardError } from './refusal.ts'
import type { Shop } from './shop.ts'

const WORDS = {
  fr: {
    title: 'Validation de votre banque',
    bank: 'Banque de démonstration',
    lead: 'Confirmez-vous ce paiement ?',
    setup: 'Confirmez-vous l’enregistrement de cette carte ?',
    amount: 'Montant',
    reason: 'Motif',
    accept: 'Confirmer',
    refuse: 'Refuser',
    note: 'Cette page tient lieu de votre banque. Aucune somme réelle n’est débitée.',
    gone: 'Cette demande n’existe pas ou n’existe plus.',
  },
  en: {
    title: 'Confirmation by your bank',
    bank: 'Demonstration bank',
    lead: 'Do you confirm this payment?',
    setup: 'Do you confirm saving this card?',
    amount: 'Amount',
    reason: 'For',
    accept: 'Confirm',
    refuse: 'Refuse',
    note: 'This page stands in for your bank. No real money is taken.',
    gone: 'This request does not exist, or not any more.',
  },
} as const

/** The page of the buyer's bank: shows the amount, takes yes or no, and sends the buyer back where they came from. */
export function bankPage(shop: Shop, asked: Asked, intentId: string): Told {
  const locale = readLocale(asked)
  const kept = shop.books.intents.get(intentId)
  if (kept === undefined || kept.returnUrl === null || asked.query.get('secret') !== kept.intent.client_secret) {
    return page(404, locale, `<h1>${WORDS[locale].gone}</h1>`)
  }
  if (kept.intent.status !== 'requires_action') return backTo(kept, kept.returnUrl)
  if (asked.method !== 'POST') return page(200, locale, question(kept, locale))
  const decision = readForm(asked.body)['decision']
  if (decision !== 'accept' && decision !== 'refuse') return page(422, locale, question(kept, locale))
  decide(shop, kept, decision === 'accept')
  return backTo(kept, kept.returnUrl)
}

function decide(shop: Shop, kept: Kept, accepted: boolean): void {
  const { card, intent } = kept
  if (!accepted) {
    const code = intent.object === 'payment_intent' ? 'payment_intent_authentication_failure' : 'setup_intent_authentication_failure'
    fail(shop, kept, { type: 'card_error', code, message: 'The buyer did not confirm.' })
  } else if (card?.afterwards !== undefined) fail(shop, kept, cardError(card.afterwards))
  else succeed(shop, kept)
}

function backTo(kept: Kept, returnUrl: string): Told {
  const { intent } = kept
  const url = new URL(returnUrl)
  url.searchParams.set(intent.object, intent.id)
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret)
  url.searchParams.set('redirect_status', intent.status === 'succeeded' ? 'succeeded' : 'failed')
  return { status: 303, headers: { location: url.toString(), 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' } }
}

function question(kept: Kept, locale: Locale): string {
  const words = WORDS[locale]
  const { intent } = kept
  const paying = intent.object === 'payment_intent'
  const money = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'currency',
    currency: (intent.currency ?? 'eur').toUpperCase(),
  })
  const amount = paying ? `<div><dt>${words.amount}</dt><dd class="amount">${money.format((intent.amount ?? 0) / 100)}</dd></div>` : ''
  const reason = intent.description === null ? '' : `<div><dt>${words.reason}</dt><dd>${escapeHtml(intent.description)}</dd></div>`
  return `<p class="bank">${words.bank}</p>
<h1>${paying ? words.lead : words.setup}</h1>
<dl>${amount}${reason}</dl>
<form method="post">
<button name="decision" value="accept">${words.accept}</button>
<button name="decision" value="refuse" class="second">${words.refuse}</button>
</form>
<p class="note">${words.note}</p>`
}

const STYLE = `
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:#eef2f6;color:#14222f;font:16px/1.5 system-ui,"Segoe UI",Roboto,Arial,sans-serif;padding:16px}
main{width:100%;max-width:420px;background:#fff;border:1px solid #cfd8e3;border-radius:12px;padding:28px 24px}
.bank{margin:0 0 20px;font-weight:700;color:#0b5394;border-bottom:3px solid #0b5394;padding-bottom:12px}
h1{font-size:22px;line-height:1.3;margin:0 0 20px}dl{margin:0 0 24px;display:grid;gap:12px}dt{font-size:14px;color:#4a5b6c}dd{margin:0;overflow-wrap:anywhere}.amount{font-size:28px;font-weight:700;font-variant-numeric:tabular-nums}
form{display:grid;gap:12px}button{font:inherit;font-weight:600;min-height:48px;border-radius:8px;border:2px solid #0b5394;background:#0b5394;color:#fff;cursor:pointer}
button:hover{background:#083f70}button.second{background:#fff;color:#0b5394}button.second:hover{background:#eef2f6}
button:focus-visible{outline:3px solid #f5a623;outline-offset:2px}.note{margin:20px 0 0;font-size:14px;color:#4a5b6c}`

function page(status: number, locale: Locale, content: string): Told {
  const body = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${WORDS[locale].title}</title><style>${STYLE}</style></head><body><main>${content}</main></body></html>`
  return { status, headers: { ...pageHeaders, 'x-frame-options': 'DENY' }, body }
}
