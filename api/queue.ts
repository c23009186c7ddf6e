import { consumeClicks } from './affiliation/click/consume-clicks.ts'
import type { Ctx, Services } from './context.ts'
import { consumeWakes, dropDeadWakes } from './outbox/consume-wakes.ts'

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
  if (!OF_MAILS.test(batch.queue)) return consumeClicks(ctx, bodies)
  return IS_DEAD.test(batch.queue) ? dropDeadWakes(bodies) : consumeWakes(ctx, bodies)
}
