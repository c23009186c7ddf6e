import { reloading } from '#db/client.ts'
import type { Ctx } from '#api/context.ts'
import { visitorHash } from '#api/identity/session/new-session.ts'
import { log } from '#api/log.ts'
import { ClickMessage, type ReadClick } from './click-message.ts'
import { recordClicks } from './record-clicks.ts'

/**
 * A click has two keys and an upsert can watch one of them. A sale that writes the same click in the same instant is met on the other; the next try
 * finds its row.
 */
const KEYS_OF_A_CLICK = ['affiliate_tracking_events_pkey', 'affiliate_tracking_events_clickId_key']

type Consuming = Pick<Ctx, 'config' | 'db' | 'now'>

/**
 * Writes a batch of clicks from the queue, where a message holds one click or several: any number of deliveries, in any order and overlap, leave each click written and counted once. A
 * message that cannot be read is noted and left out, so that it does not hold up the others. Throws when the database does not answer; the
 * queue then delivers again.
 */
export async function consumeClicks(ctx: Consuming, messages: readonly unknown[]): Promise<void> {
  const clicks = messages.flat().flatMap(read)
  if (clicks.length === 0) return
  const rows = await Promise.all(clicks.map(async (click) => ({ ...click, visitorHash: await visitorOf(ctx, click) })))
  await reloading(() => recordClicks(ctx.db, rows, ctx.now), { unique: KEYS_OF_A_CLICK })
}

function read(message: unknown): ReadClick[] {
  const parsed = ClickMessage.safeParse(message)
  if (parsed.success) return [parsed.data]
  log(null, 'click_unreadable', { fields: parsed.error.issues.map((issue) => issue.path.join('.')) })
  return []
}

function visitorOf(ctx: Consuming, click: ReadClick): Promise<string> {
  const client = { ip: click.ip, userAgent: click.userAgent, country: click.country, city: click.city }
  return visitorHash({ client, config: ctx.config, now: new Date(click.clickedAt) })
}
