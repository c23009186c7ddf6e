import { createHash, createHmac } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { newId } from '#db/id.ts'
import { captureSessions, manualPaymentButtons } from '#db/schema/all.ts'
import { writePendingSale } from '#dev/seed/pending-sale.ts'
import type { World } from './world.ts'

/** A machine's message that would be believed: where it goes, what it says, and how it proves itself. */
export interface Proven {
  path: string
  body: object
  headers: (bodyText: string) => Record<string, string>
}

const SECRET = 'a-secret-that-we-chose-for-this-one-attempt'
const secretHash = createHash('sha256').update(SECRET).digest('hex')
const byVault = (): Record<string, string> => ({ 'x-pcivault-webhook-secret': SECRET })

/** The vault brings a card to a checkout that waits for one; the note is what its buyer typed as their name. */
export async function captureMessage(w: World, note = 'Camille Martin'): Promise<Proven> {
  const id = newId()
  const now = new Date()
  const { openCheckoutId } = w.sold('newcomer')
  const isOpen = and(eq(captureSessions.checkoutSessionId, openCheckoutId), isNull(captureSessions.closedAt))
  await w.t.db.update(captureSessions).set({ closedAt: now }).where(isOpen)
  await w.t.db.insert(captureSessions).values({
    id,
    checkoutSessionId: openCheckoutId,
    secretHash,
    captureStartedAt: now,
    expiresAt: new Date(now.getTime() + 600_000),
    createdAt: now,
  })
  const card = { card_holder: note, last_four: '4242', card_type: 'visa', expiry: '12/34' }
  const issuer = [{ brand: 'VISA', issuing_bank: note, country_name: 'FRANCE' }]
  const token = {
    token: createHash('sha256').update(id).digest('hex'),
    reference: id,
    safe_data: JSON.stringify(card),
    card_metadata: { issuer },
  }
  return { path: `/webhooks/pci-vault/capture/${id}`, body: { metadata: { captureId: id }, token_info: token }, headers: byVault }
}

async function pending(w: World, note: string) {
  const { t } = w
  const sold = w.sold('newcomer')
  const [button] = await t.db.select().from(manualPaymentButtons).where(eq(manualPaymentButtons.buttonKey, sold.buttonKey))
  if (!button?.planId) throw new Error('The button sells no plan.')
  const plan = {
    communityId: sold.communityId,
    communitySlug: sold.communitySlug,
    productId: sold.productId,
    productName: 'Club',
    planId: button.planId,
    planSlug: 'club',
    buttonId: button.id,
  }
  const buyer = { email: `${newId()}@buyers.test`, displayName: null, country: 'FR' }
  const sale = await writePendingSale(t.db, { buyer, sold: plan, click: null, orderedAt: new Date(), secretHash })
  const intent = {
    id: `pi_${sale.attemptId}`,
    object: 'payment_intent',
    status: 'succeeded',
    amount: sale.amountCents,
    amount_received: sale.amountCents,
    currency: 'eur',
    description: note,
    metadata: { attemptId: sale.attemptId, invoiceId: sale.invoiceId },
    next_action: null,
    last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' },
  }
  return { sale, intent }
}

/** The vault passes on what the processor said of a charge. */
export async function chargeMessage(w: World, note = 'Club'): Promise<Proven> {
  const { sale, intent } = await pending(w, note)
  return {
    path: `/webhooks/pci-vault/charge/${sale.attemptId}`,
    body: { status: '200', headers: [], body: JSON.stringify(intent) },
    headers: byVault,
  }
}

/** The processor tells the end of a charge itself, signed. */
export async function processorMessage(w: World, note = 'Club'): Promise<Proven> {
  const { intent } = await pending(w, note)
  return signedEvent(w, 'payment_intent.succeeded', intent)
}

/** The processor tells of money that went back. */
export async function moneyBackMessage(w: World): Promise<Proven> {
  const refund = {
    id: `re_${newId()}`,
    object: 'refund',
    payment_intent: `pi_${newId()}`,
    amount: 1000,
    currency: 'eur',
    status: 'succeeded',
  }
  return signedEvent(w, 'refund.created', { ...refund, metadata: { refundId: newId() }, failure_reason: null })
}

function signedEvent(w: World, type: string, object: object): Proven {
  const secret = w.site.services.config.PROCESSOR_WEBHOOK_SECRET
  const headers = (bodyText: string): Record<string, string> => {
    const at = Math.floor(Date.now() / 1000)
    return { 'stripe-signature': `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${bodyText}`).digest('hex')}` }
  }
  const event = { id: `evt_${newId()}`, type, created: Math.floor(Date.now() / 1000), data: { object } }
  return { path: '/webhooks/processor', body: event, headers }
}
