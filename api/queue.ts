import { consumeClicks } from './affiliation/click/consume-clicks.ts'
import type { Ctx, Services } from './context.ts'
import { noteDeadLetters } from './health/heartbeat.ts'
import { consumeWakes } from './outbox/consume-wakes.ts'

interface QueueMessage {
  readonly body: unknown
}

/** Whatever stands before or after it, such as the name of another environment. */
const OF_MAILS = /(?:^|-)mails(?:-|$)/
const IS_DEAD = /-dead(?:-|$)/

/**
 * One batch of the click queue, or of its dead-letter queue: the same work, tried again more slowly; or one of the mail queue. A throw gives the whole
 * batch back.
 */
export async function consumeQueue(
  services: Services,
  batch: { readonly queue: string; readonly messages: readonly QueueMessage[] },
): Promise<void> {
  const ctx: Ctx = {
    ...services,
    actor: { kind: 'job', job: `queue-${batch.queue}` },
    now: services.clock(),
    platform: 'WEOKTO',
    locale: 'fr',
    requestId: `queue-${batch.queue}`,
    client: { ip: null, userAgent: null, country: null, city: null },
  }
  const bodies = batch.messages.map((message) => message.body)
  const [isOfMails, isDead] = [OF_MAILS.test(batch.queue), IS_DEAD.test(batch.queue)]
  // Dead wakes are let go: their rows are in the outbox, where the five-minute job finds them.
  if (!isOfMails) await consumeClicks(ctx, bodies)
  else if (!isDead) await consumeWakes(ctx, bodies)
  if (isDead) await noteDeadLetters(ctx, batch.queue, bodies.length)
}
