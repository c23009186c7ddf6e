import { inArray } from 'drizzle-orm'
import { newId } from '#db/id.ts'
import { affiliateLinks } from '#db/schema/all.ts'
import type { ClickMessage } from '#api/affiliation/click/click-message.ts'
import { consumeClicks } from '#api/affiliation/click/consume-clicks.ts'
import type { Services } from '#api/context.ts'
import { testContext } from '#dev/testing/services.ts'
import type { WrittenAffiliate } from './write-people.ts'
import { seededRandom } from './random.ts'

const DAY_MS = 86_400_000
const DAYS = 45
const BATCH = 400
const AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148',
  'Mozilla/5.0 (Linux; Android 15) Mobile',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
  'Googlebot/2.1 (+http://www.google.com/bot.html)',
]

/** Weeks of clicks, written by the very consumer of the click queue. */
export async function playClicks(services: Services, affiliates: readonly WrittenAffiliate[], now: Date): Promise<number> {
  const random = seededRandom(11)
  const links = await services.db
    .select()
    .from(affiliateLinks)
    .where(
      inArray(
        affiliateLinks.affiliateId,
        affiliates.map(({ id }) => id),
      ),
    )
  const messages: ClickMessage[] = []
  for (const affiliate of affiliates) {
    const own = links.filter(({ affiliateId }) => affiliateId === affiliate.id)
    for (let day = Math.min(DAYS, affiliate.firstSaleDaysAgo + 5); day >= 0; day--) {
      const many = Math.round(affiliate.clicksPerDay * (0.5 + random()))
      for (let n = 0; n < many; n++) {
        const link = own[Math.floor(random() * own.length)]
        if (link) messages.push(clickOf(link, new Date(now.getTime() - day * DAY_MS - random() * DAY_MS * 0.9), random))
      }
    }
  }
  for (let at = 0; at < messages.length; at += BATCH) await consumeClicks(testContext(services, now), messages.slice(at, at + BATCH))
  return messages.length
}

function clickOf(link: typeof affiliateLinks.$inferSelect, at: Date, random: () => number): ClickMessage {
  const agent = AGENTS[Math.floor(random() * random() * AGENTS.length)] ?? ''
  return {
    ...{
      clickId: newId(),
      linkId: link.id,
      affiliateId: link.affiliateId,
      productId: link.productId,
      platform: 'STAM',
      clickedAt: at.getTime(),
      expiresAt: at.getTime() + 30 * DAY_MS,
    },
    ...{
      filteredReason: agent.startsWith('Googlebot') ? 'bot' : null,
      campaign: null,
      source: null,
      medium: null,
      subId: null,
      utm: {},
      landingPath: '/l/atelier-levain',
      referrer: null,
    },
    ...{ ip: `198.51.100.${Math.floor(random() * 250)}`, country: random() < 0.8 ? 'FR' : 'BE', city: null, userAgent: agent },
  }
}
