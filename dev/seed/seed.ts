import { and, eq, isNull } from 'drizzle-orm'
import { communityMembers, outbox, weoktoUsers } from '#db/schema/all.ts'
import { matureCommissions } from '#api/affiliation/commission/mature-commissions.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { writeChat } from './chat.ts'
import { playClicks } from './clicks.ts'
import { DEMO_AFFILIATES, writeAffiliate, writePerson, type WrittenAffiliate } from './write-people.ts'
import { playDirectSale, playSales } from './sales.ts'
import { writeCatalogue } from './write-catalogue.ts'

const DAY_MS = 86_400_000

export interface SeedInput {
  databaseUrl: string
  adminUrl: string
  httpEndpoint: string
  now: Date
}

/**
 * A demo that can be believed because it was lived: every sale went through settling at its own time, what is due has matured, refunds were
 * clawed back. Nothing is sent to anybody.
 */
export async function seed({ databaseUrl, httpEndpoint, now }: SeedInput): Promise<void> {
  const services = testServices({ databaseUrl, httpEndpoint })
  const { db } = services
  const opened = new Date(now.getTime() - 240 * DAY_MS)
  const ownerId = await writePerson(db, 'owner@weokto.test', 'Démo Propriétaire', 'OWNER', opened)
  await writePerson(db, 'admin@weokto.test', 'Démo Support', 'ADMIN', opened)
  await writePerson(db, 'produits@weokto.test', 'Démo Produits', 'PRODUCT_MANAGER', opened)
  const catalogue = await writeCatalogue(db, ownerId, opened)
  const affiliates: WrittenAffiliate[] = []
  for (const demo of DEMO_AFFILIATES) affiliates.push(await writeAffiliate(db, demo, catalogue, now))
  await playDemoClients(services, catalogue, now)
  await playSales(services, affiliates, catalogue, now)
  await matureCommissions(testContext(services, now))
  await setRisk(services, affiliates, now)
  await playClicks(services, affiliates, now)
  await writeChat(db, catalogue.communityIds, now)
  // The demo's mails were never promised to anybody.
  await db.update(outbox).set({ sentAt: now, payload: '' }).where(isNull(outbox.sentAt))
}

/** Two clients to sign in as: one in a single community, one in two; the first moderates the chat. */
async function playDemoClients(
  services: ReturnType<typeof testServices>,
  { plans }: Awaited<ReturnType<typeof writeCatalogue>>,
  now: Date,
): Promise<void> {
  const levain = plans['atelier-levain-mensuel']
  const dos = plans['dos-en-forme-mensuel']
  const photo = plans['photo-de-rue-formation']
  if (!levain || !dos || !photo) throw new Error('The demo lacks a plan.')
  const first = await playDirectSale(services, 'camille@clients.test', 'Démo Camille', levain, new Date(now.getTime() - 12 * DAY_MS))
  await services.db
    .update(communityMembers)
    .set({ role: 'MODERATOR' })
    .where(and(eq(communityMembers.stamUserId, first), eq(communityMembers.communityId, levain.communityId)))
  await playDirectSale(services, 'dominique@clients.test', 'Démo Dominique', dos, new Date(now.getTime() - 3 * DAY_MS))
  await playDirectSale(services, 'sacha@clients.test', 'Démo Sacha', photo, new Date(now.getTime() - 90 * DAY_MS))
}

/** Levels by the share of refunded sales, as the rule would have set them; EXTREME_RISK is the owner's own act. */
async function setRisk({ db }: ReturnType<typeof testServices>, affiliates: readonly WrittenAffiliate[], now: Date): Promise<void> {
  for (const { id, sales, refunds, level } of affiliates) {
    const refundRate = Math.round((refunds / sales) * 10_000)
    const byRate = sales < 10 || refundRate < 1500 ? 'NORMAL' : refundRate < 2500 ? 'AT_RISK' : 'HIGH_RISK'
    await db
      .update(weoktoUsers)
      .set({ refundRate, riskLevel: level ?? byRate, updatedAt: now })
      .where(eq(weoktoUsers.id, id))
  }
}
