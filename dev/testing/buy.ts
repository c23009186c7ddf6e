import { setTimeout as wait } from 'node:timers/promises'
import { CAPTURE_SECRET_HEADER } from '#api/adapters/pci-vault/dialect.ts'
import { type Person, request } from '#dev/http-client.ts'
import { codeIn } from '#dev/stand-ins/mailbox/code-in.ts'
import { mailboxAt } from './mailboxes.ts'

/** What a buyer does, over HTTP, from the button to the order: each step as the page would do it. */

export interface CheckoutOnWire {
  id: string
  step: string
  asksCode: boolean
  email: string
  summary: { dueTodayCents: number; taxCents: number }
  termsVersion: string
  expiresAt: string
  declineCode: string | null
  waitUntil: string | null
  bankUrl: string | null
  card: { last4: string } | null
  community: { slug: string }
  invoiceNumber: string | null
}

type Start = { buttonKey: string; email?: string; country?: string; ck?: string }

/** Begins a checkout and, where the address is asked for the mailed code, types it: some new addresses are, without a word on which. */
export async function startCheckout(buyer: Person, values: Start): Promise<CheckoutOnWire> {
  const checkout = await beginCheckout(buyer, values)
  return checkout.step === 'IDENTIFY' ? typeCode(buyer, checkout) : checkout
}

/** Begins a checkout and stops there, whatever it asks. */
export async function beginCheckout(buyer: Person, values: Start): Promise<CheckoutOnWire> {
  const response = await buyer.post('/api/checkouts', { country: 'FR', ...values })
  const body = (await response.json()) as { id: string }
  if (response.status !== 201) throw new Error(`The checkout did not start: ${response.status} ${JSON.stringify(body)}`)
  return readCheckout(buyer, body.id)
}

/** Types the code of the newest mail that this checkout sent. */
async function typeCode(buyer: Person, { id, email }: CheckoutOnWire): Promise<CheckoutOnWire> {
  const answer = await buyer.post(`/api/checkouts/${id}/code`, { code: await mailedCode(buyer, { id, email }) })
  if (answer.status !== 200) throw new Error(`The code was refused: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as CheckoutOnWire
}

/** The code that was mailed for one checkout, once it is there. Several checkouts of one address send mails that differ by their link. */
export async function mailedCode(buyer: Person, { id, email }: Pick<CheckoutOnWire, 'id' | 'email'>, timeoutMs = 10_000): Promise<string> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const mail = mailboxAt(buyer.origin)
      .list(email)
      .find(({ text }) => text?.includes(id))
    const code = codeIn(mail?.text)
    if (code !== '') return code
    if (Date.now() > end) throw new Error(`No mail with a code came for the checkout ${id}.`)
    await wait(20)
  }
}

export async function readCheckout(buyer: Person, id: string): Promise<CheckoutOnWire> {
  const response = await buyer.get(`/api/checkouts/${id}`)
  if (response.status !== 200) throw new Error(`The checkout did not answer: ${response.status} ${await response.text()}`)
  return (await response.json()) as CheckoutOnWire
}

/** Types a card into the vault's hosted form: what its page posts, to where its page posts it. */
export async function typeCard(buyer: Person, checkoutId: string, number: string): Promise<void> {
  await typeInto(await openCardForm(buyer, checkoutId), number)
}

/** The address of the vault's hosted form for this checkout. */
export async function openCardForm(buyer: Person, checkoutId: string): Promise<URL> {
  const opened = await buyer.post(`/api/checkouts/${checkoutId}/capture`, {})
  if (opened.status !== 201) throw new Error(`No card form: ${opened.status} ${await opened.text()}`)
  return new URL(((await opened.json()) as { iframeUrl: string }).iframeUrl)
}

export async function typeInto(frame: URL, number: string): Promise<void> {
  const unique = frame.searchParams.get('unique_id') ?? ''
  const posted = await request(new URL(`/v1/capture/${unique}?form_type=pcd`, frame.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CAPTURE_SECRET_HEADER]: frame.searchParams.get('secret') ?? '' },
    body: JSON.stringify({
      card_number: number,
      card_holder: 'DEMO',
      cvv: '123',
      expiry: '12/34',
      expiry_month: '12',
      expiry_year: '2034',
      expiry_year_short: '34',
    }),
  })
  if (posted.status !== 200) throw new Error(`The vault refused the card: ${posted.status} ${await posted.text()}`)
}

let typed = 0

/** A number with spaces where nobody put them before: another token at the vault each time, as another card has, and the same card at the processor. */
export function typedAnew(number: string): string {
  const spaces = new Set([1 + (typed % 15), 1 + (Math.floor(typed / 15) % 15)])
  typed += 1
  return Array.from(number, (digit, n) => (spaces.has(n) ? ` ${digit}` : digit)).join('')
}

export function order(buyer: Person, checkout: CheckoutOnWire) {
  return buyer.post(`/api/checkouts/${checkout.id}/order`, {
    amountCents: checkout.summary.dueTodayCents,
    termsVersion: checkout.termsVersion,
    ageConfirmed: true,
    immediateStart: true,
  })
}

/** Asks again until the checkout stands at one of these steps; bounded. */
export async function untilStep(buyer: Person, id: string, steps: readonly string[], timeoutMs = 20_000): Promise<CheckoutOnWire> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const checkout = await readCheckout(buyer, id)
    if (steps.includes(checkout.step)) return checkout
    if (Date.now() > end) throw new Error(`The checkout stands at ${checkout.step}, not at ${steps.join(' or ')}.`)
    await wait(40)
  }
}

/** From the button to the answer: a card, an order, and wherever that leads. */
export async function buy(
  buyer: Person,
  values: { buttonKey: string; email?: string; ck?: string },
  card = '4242424242424242',
): Promise<CheckoutOnWire> {
  const { id } = await startCheckout(buyer, values)
  await typeCard(buyer, id, card)
  const review = await untilStep(buyer, id, ['REVIEW'])
  const ordered = await order(buyer, review)
  if (ordered.status !== 202) throw new Error(`The order was refused: ${ordered.status} ${await ordered.text()}`)
  return untilStep(buyer, id, ['PAID', 'DECLINED', 'BANK', 'UNCERTAIN'])
}
