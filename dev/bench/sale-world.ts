import { createHash, randomBytes } from 'node:crypto'
import { newId } from '#db/id.ts'
import { parisDay } from '#domain/base/paris.ts'
import { addDays } from '#domain/base/time.ts'
import { WEBHOOK_SECRET_HEADER } from '#api/adapters/pci-vault/dialect.ts'
import { writePendingSale, type PendingSale } from '#dev/seed/pending-sale.ts'
import type { SoldPlan } from '#dev/seed/write-catalogue.ts'
import type { Intent } from '#dev/stand-ins/processor/model.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import type { Ground } from './ground.ts'
import { requestText } from './client.ts'

/** Sold long ago, so that every sale takes the same way through the rules and its statements are the same. */
const FIRST_COMMISSION = new Date('2026-01-15T10:00:00Z')
/** One moment for all orders, so that what differs between two sales is theirs. */
const ORDERED_AT = new Date(Date.now() - 600_000)
const CLICKED_AT = new Date(ORDERED_AT.getTime() - 3_600_000)
const SECRET = randomBytes(32).toString('base64url')
const SECRET_HASH = createHash('sha256').update(SECRET).digest('hex')

export interface Seller {
  affiliateId: string
  linkId: string
}

/** A sale that only waits for the processor's word, with everything that belongs to it alone. */
export interface Waiting extends PendingSale, Seller {
  email: string
  clickId: string
}

export interface World {
  sold: SoldPlan
  sellers: Seller[]
  /** What the statements of all its sales have in common, by the name of its place in a recording. */
  places: Record<string, string>
}

/** One product and many affiliates in a guild, each with a link. */
export async function makeWorld({ db }: Ground, howMany: number): Promise<World> {
  const guild = await makeCommunity(db, { platform: 'WEOKTO' })
  const { community, product, plan, program, button } = await makeOffer(db)
  const sellers: Seller[] = []
  for (let n = 0; n < howMany; n++) {
    const { id } = await makeAffiliate(db, { firstCommissionAt: FIRST_COMMISSION }, { currentGuildId: guild.id })
    const link = await makeLink(db, { affiliateId: id, productId: product.id })
    sellers.push({ affiliateId: id, linkId: link.id })
  }
  const sold = {
    communityId: community.id,
    communitySlug: community.slug,
    productId: product.id,
    productName: product.name,
    planId: plan.id,
    planSlug: plan.slug,
    buttonId: button.id,
  }
  const places = {
    ...{ planId: plan.id, productId: product.id, communityId: community.id, programId: program.id, guildId: guild.id },
    ...{ clickedAt: CLICKED_AT.toISOString(), clickExpiresAt: addDays(CLICKED_AT, 30).toISOString(), day: parisDay(new Date()) },
  }
  return { sold, sellers, places }
}

const WRITERS = 8

/** Writes sales as they stand when the order button has been pressed; each seller of the list brings one. */
export async function prepareSales({ db }: Ground, sold: SoldPlan, sellers: readonly Seller[]): Promise<Waiting[]> {
  const waiting: Waiting[] = []
  const left = [...sellers]
  const write = async (): Promise<void> => {
    for (let seller = left.pop(); seller !== undefined; seller = left.pop()) {
      const [clickId, email] = [newId(), `${newId()}@buyers.test`]
      const click = { ...seller, clickId, clickedAt: CLICKED_AT }
      const buyer = { email, displayName: 'A buyer', country: 'FR' }
      const pending = await writePendingSale(db, { buyer, sold, click, orderedAt: ORDERED_AT, secretHash: SECRET_HASH })
      waiting.push({ ...pending, ...seller, email, clickId })
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  return waiting
}

/** The vault's message that the processor took the money, as it comes over the wire. */
export function paidWebhook({ attemptId, invoiceId, amountCents }: Waiting, port: number): string {
  const intent: Intent = {
    ...{
      id: processorIdOf(attemptId),
      object: 'payment_intent',
      amount: amountCents,
      amount_received: amountCents,
      currency: 'eur',
      status: 'succeeded',
    },
    ...{
      client_secret: `${processorIdOf(attemptId)}_secret_${attemptId}`,
      created: Math.floor(Date.now() / 1000),
      livemode: false,
      description: null,
    },
    ...{
      metadata: { attemptId, invoiceId },
      next_action: null,
      last_payment_error: null,
      latest_charge: `ch_${invoiceId}`,
      payment_method: 'pm_card',
    },
    ...{ payment_method_types: ['card'], canceled_at: null },
  }
  const headers = [{ 'content-type': 'application/json' }, { 'request-id': `req_${attemptId}` }]
  const body = JSON.stringify({ headers, body: JSON.stringify(intent), status: '200' })
  const head = { host: `stam.localhost:${port}`, 'content-type': 'application/json', [WEBHOOK_SECRET_HEADER]: SECRET }
  return requestText('POST', `/webhooks/pci-vault/charge/${attemptId}`, head, body)
}

export const processorIdOf = (attemptId: string): string => `pi_${attemptId}`
