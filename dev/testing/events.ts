import { request } from '#dev/http-client.ts'
import { newName } from '#dev/stand-ins/processor/model.ts'
import { sign } from '#dev/stand-ins/processor/shop.ts'
import type { Site } from './site.ts'

export interface SignedEvent {
  type: string
  object: unknown
  id?: string
  created?: Date
}

/** What the processor would send and sign: for messages that its stand-in does not send by itself, or sends at another time. */
export async function deliverEvent(site: Site, { type, object, id = newName('evt'), created = new Date() }: SignedEvent) {
  const body = JSON.stringify({
    id,
    object: 'event',
    type,
    created: Math.floor(created.getTime() / 1000),
    livemode: false,
    data: { object },
  })
  return deliverSigned(site, body)
}

/** Any text at all, with the processor's signature. */
export async function deliverSigned(site: Site, body: string): Promise<{ status: number; body: unknown }> {
  const { STAM_ORIGIN, PROCESSOR_WEBHOOK_SECRET } = site.services.config
  const response = await request(`${STAM_ORIGIN}/webhooks/processor`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': sign(body, new Date(), PROCESSOR_WEBHOOK_SECRET) },
    body,
  })
  return { status: response.status, body: await response.json() }
}

/** The processor's own object of a checkout's newest charge. */
export function intentOf(site: Site, attemptId: string) {
  const found = [...site.processor.shop.books.intents.values()].find(({ intent }) => intent.metadata['attemptId'] === attemptId)
  if (!found) throw new Error(`The processor knows nothing of the attempt ${attemptId}.`)
  return found.intent
}
