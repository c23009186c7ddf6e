import { consumeClicks } from './affiliation/click/consume-clicks.ts'
import type { Ctx, Services } from './context.ts'

interface QueueMessage {
  readonly body: unknown
}

/** One batch of the click queue, or of its dead-letter queue: the same work, tried again more slowly. A throw gives the whole batch back. */
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
  await consumeClicks(
    ctx,
    batch.messages.map((message) => message.body),
  )
}
