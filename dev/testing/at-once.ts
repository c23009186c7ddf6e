import { createHash, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { newId } from '#db/id.ts'
import type { TestDatabase } from '#db/testing.ts'
import { WEBHOOK_SECRET_HEADER } from '#api/adapters/pci-vault/dialect.ts'
import { request } from '#dev/http-client.ts'
import { writePendingSale, type PendingSale } from '#dev/seed/pending-sale.ts'
import type { makeOffer } from './people.ts'

/** Connections of the HTTP front to one database: no more writes than these can wait at once. */
const FRONT_CONNECTIONS = 24

/**
 * Holds an affiliate's accounts until as many writes wait as can, so that each of them was decided before any was written; then lets them go.
 * `begin` starts them and returns what they answer; `meanwhile` is done when all of them wait.
 */
export async function decidedAtOnce<T>(
  t: TestDatabase,
  affiliateIds: readonly string[],
  howMany: number,
  begin: () => Promise<T>,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<T> {
  const holder = new Client({ connectionString: ownerUrl(t) })
  await holder.connect()
  try {
    await holder.query('begin')
    await holder.query(`select 1 from affiliate_balances where "affiliateId" = any($1) order by "affiliateId", account for update`, [
      affiliateIds,
    ])
    const answers = begin()
    await untilWaiting(t, Math.min(howMany, FRONT_CONNECTIONS))
    await meanwhile()
    await holder.query('commit')
    return await answers
  } finally {
    await holder.end()
  }
}

/** Does something while a transaction of somebody else's, which has run this statement, stands open. */
export async function whileOpen<T>(t: TestDatabase, statement: string, values: unknown[], run: () => Promise<T>): Promise<T> {
  const holder = new Client({ connectionString: ownerUrl(t) })
  await holder.connect()
  try {
    await holder.query('begin')
    await holder.query(statement, values)
    return await run()
  } finally {
    // Its end undoes the transaction.
    await holder.end()
  }
}

async function untilWaiting(t: TestDatabase, howMany: number): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    // Not asked by the holder: within its transaction it would see the same moment again and again.
    const rows = await t.admin<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if ((rows[0]?.n ?? 0) >= howMany) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`Fewer than ${howMany} writes came to wait.`)
}

function ownerUrl(t: TestDatabase): string {
  const url = new URL(inject('adminUrl'))
  url.pathname = new URL(t.databaseUrl).pathname
  return url.href
}

export interface OrderedSale extends PendingSale {
  secret: string
}

/** A sale whose order button has been pressed and whose answer only we can bring, to a fresh buyer unless told otherwise. */
export async function orderedSale(
  t: TestDatabase,
  offer: Awaited<ReturnType<typeof makeOffer>>,
  {
    affiliateId,
    linkId,
    at = new Date(),
    email = `${newId()}@buyers.test`,
  }: { affiliateId: string; linkId: string; at?: Date; email?: string },
): Promise<OrderedSale> {
  const { community, product, plan, button } = offer
  const secret = randomBytes(32).toString('base64url')
  const sold = {
    communityId: community.id,
    communitySlug: community.slug,
    productId: product.id,
    productName: product.name,
    planId: plan.id,
    planSlug: plan.slug,
    buttonId: button.id,
  }
  const pending = await writePendingSale(t.db, {
    buyer: { email, displayName: null, country: 'FR' },
    sold,
    click: { affiliateId, linkId, clickId: newId(), clickedAt: new Date(at.getTime() - 3_600_000) },
    orderedAt: at,
    secretHash: createHash('sha256').update(secret).digest('hex'),
  })
  return { ...pending, secret }
}

/** The vault's word that this sale was paid, brought again while it is not taken, as the vault does. */
export async function tellPaid(origin: string, { attemptId, invoiceId, amountCents, secret }: OrderedSale): Promise<void> {
  const intent = {
    id: `pi_${attemptId}`,
    object: 'payment_intent',
    amount: amountCents,
    amount_received: amountCents,
    currency: 'eur',
    status: 'succeeded',
    metadata: { attemptId, invoiceId },
  }
  const body = JSON.stringify({ status: '200', headers: [], body: JSON.stringify(intent) })
  const headers = { 'content-type': 'application/json', [WEBHOOK_SECRET_HEADER]: secret }
  const refused: number[] = []
  while (refused.length < 5) {
    const { status } = await request(`${origin}/webhooks/pci-vault/charge/${attemptId}`, { method: 'POST', headers, body })
    if (status === 200) return
    refused.push(status)
  }
  throw new Error(`The webhook of ${attemptId} was refused to the end: ${refused.join(', ')}.`)
}
