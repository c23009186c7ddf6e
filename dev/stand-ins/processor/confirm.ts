import { json, type Told } from '#dev/stand-ins/shared/serve.ts'
import { amountIn, metadataIn } from './form.ts'
import { newName, seconds, type CardError, type Intent, type Kept } from './model.ts'
import { paymentMethod } from './payment-method.ts'
import { badRequest, cardError, cardRefused, refusal } from './refusal.ts'
import type { Shop } from './shop.ts'
import { luhn, testCard, type TestCard } from './test-cards.ts'

type Form = Record<string, string>

/** POST /v1/payment_intents and /v1/setup_intents with confirm=true and the card in the request. */
export function createConfirmed(shop: Shop, object: Intent['object'], form: Form, expand: readonly string[]): Told {
  const wrong = complaint(object, form) ?? rawCardsRefused(shop, form)
  if (wrong !== null) return wrong
  const card = testCard(form['payment_method_data[card][number]'] ?? '')
  const method = paymentMethod(form, card)
  const intent = newIntent(shop, object, form, method.id)
  const kept: Kept = {
    intent,
    indexed: structuredClone(intent),
    card,
    method,
    returnUrl: form['return_url'] ?? null,
    searchableFrom: shop.now().getTime() + shop.searchLagMs,
  }
  shop.books.intents.set(intent.id, kept)
  // As the real one does: the news that it exists, with a status that a refusal has too.
  shop.tell(`${object}.created`, intent)
  const error = unusableCard(form, shop.now())
  if (error !== null || kept.card === null) return refuse(shop, kept, error ?? cardError({ decline: 'test_mode_live_card' }))
  return confirm(shop, kept, kept.card, { form, expand })
}

function confirm(shop: Shop, kept: Kept, card: TestCard, { form, expand }: { form: Form; expand: readonly string[] }): Told {
  const absent = form['off_session'] === 'true'
  const answer = (): Told => json(200, shop.books.shown(kept, expand))
  const behaviour = absent ? card.absent : card.present
  if (typeof behaviour === 'object') return refuse(shop, kept, cardError(behaviour))
  const { intent, returnUrl } = kept
  if (behaviour === 'succeed') {
    succeed(shop, kept)
    return answer()
  }
  if (returnUrl === null) return badRequest('This card needs a return_url.', 'return_url')
  intent.status = 'requires_action'
  const url = `${shop.url()}/3d_secure/${intent.id}?secret=${intent.client_secret}`
  intent.next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } }
  shop.tell(`${intent.object}.requires_action`, intent)
  return answer()
}

/** The money moves here and nowhere else. */
export function succeed(shop: Shop, kept: Kept): void {
  const { intent, card } = kept
  intent.status = 'succeeded'
  intent.next_action = null
  if (intent.object === 'payment_intent') {
    intent.amount_received = intent.amount ?? 0
    intent.latest_charge = newName('ch')
    intent.last_payment_error = null
  }
  shop.tell(`${intent.object}.succeeded`, intent)
  if (card?.disputed !== undefined && intent.object === 'payment_intent') shop.disputeLater(kept, card.disputed)
}

/** A refused card leaves the intent; what was refused stands whole in the error. */
export function fail(shop: Shop, kept: Kept, refused: CardError): void {
  const { intent, method } = kept
  const error = { ...refused, payment_method: method }
  intent.status = 'requires_payment_method'
  intent.next_action = null
  intent.payment_method = null
  if (intent.object === 'payment_intent') {
    intent.last_payment_error = error
    shop.tell('payment_intent.payment_failed', intent)
  } else {
    intent.last_setup_error = error
    shop.tell('setup_intent.setup_failed', intent)
  }
}

function refuse(shop: Shop, kept: Kept, error: CardError): Told {
  fail(shop, kept, error)
  return cardRefused({ ...error, payment_method: kept.method }, kept.intent)
}

function complaint(object: Intent['object'], form: Form): Told | null {
  if (form['confirm'] !== 'true') return badRequest('This stand-in creates and confirms at once.', 'confirm')
  if (form['payment_method_data[type]'] !== 'card') return badRequest('Only cards are taken.', 'payment_method_data[type]')
  if (object === 'setup_intent') return null
  if (amountIn(form['amount']) === null) return badRequest('Invalid amount.', 'amount')
  return /^[a-z]{3}$/.test(form['currency'] ?? '') ? null : badRequest('Invalid currency.', 'currency')
}

/** What an account answers that was not allowed to send card numbers: not a word of the card itself, and 402 although nothing was declined. */
function rawCardsRefused(shop: Shop, form: Form): Told | null {
  if (shop.takesRawCards || form['payment_method_data[card][number]'] === undefined) return null
  const message =
    'Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://stripe.com/docs/testing. To enable testing raw card data APIs, see https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis.'
  return refusal(402, { type: 'invalid_request_error', message })
}

function unusableCard(form: Form, now: Date): CardError | null {
  const number = form['payment_method_data[card][number]'] ?? ''
  const month = Number(form['payment_method_data[card][exp_month]'])
  const year = Number(form['payment_method_data[card][exp_year]'])
  const code = !luhn(number)
    ? 'incorrect_number'
    : !(month >= 1 && month <= 12)
      ? 'invalid_expiry_month'
      : !(year >= now.getUTCFullYear() && year <= now.getUTCFullYear() + 50)
        ? 'invalid_expiry_year'
        : null
  return code === null ? null : { type: 'card_error', code, message: 'The card cannot be used.' }
}

function newIntent(shop: Shop, object: Intent['object'], form: Form, methodId: string): Intent {
  const payment = object === 'payment_intent'
  const id = newName(payment ? 'pi' : 'seti')
  return {
    id,
    object,
    ...(payment
      ? {
          amount: amountIn(form['amount']) ?? 0,
          amount_received: 0,
          currency: form['currency'] ?? '',
          last_payment_error: null,
          latest_charge: null,
          canceled_at: null,
        }
      : { last_setup_error: null, usage: form['usage'] ?? 'off_session' }),
    status: 'requires_payment_method',
    client_secret: newName(`${id}_secret`),
    created: seconds(shop.now()),
    livemode: false,
    description: form['description'] ?? null,
    metadata: metadataIn(form),
    next_action: null,
    payment_method: methodId,
    payment_method_types: ['card'],
  }
}
