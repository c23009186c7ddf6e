import { chargeWebhook, captureWebhook, type CapturedCard } from '#api/adapters/pci-vault/webhook.ts'
import type { Answer } from '#api/adapters/processor/port.ts'
import { typeCard, type Parties } from './payment-parties.ts'
import type { Asked } from './serve.ts'

/** The n-th webhook among those that came to this path. */
export async function nthAt(parties: Parties, path: string, n = 1): Promise<Asked> {
  for (let tried = 0; tried < 2_000; tried += 1) {
    const found = parties.listener.heard.filter((asked) => asked.path === path)[n - 1]
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`No webhook number ${n} came to ${path}.`)
}

let serial = 0

/** Types a test card into a fresh endpoint and waits for what the capture webhook says of it. */
export async function capturedCard(parties: Parties, number: string): Promise<CapturedCard> {
  serial += 1
  const path = `/capture/${serial}`
  const capture = await parties.cards.createCapture({
    reference: `reference-${serial}`,
    ttlMinutes: 10,
    webhook: { url: `${parties.listener.url}${path}`, secret: 'capture-secret-of-tests', metadata: { n: String(serial) } },
    site: 'STAM',
    locale: 'fr',
  })
  await typeCard(capture, number)
  return captureWebhook.parse(JSON.parse((await nthAt(parties, path)).body))
}

export type Trial = { attemptId?: string; amountCents?: number; offSession?: boolean; setup?: boolean; idempotencyKey?: string }

/** Sends a charge through the vault; its webhook will come to the path that is returned. */
export async function sendCharge(parties: Parties, card: Pick<CapturedCard, 'token' | 'reference'>, trial: Trial = {}): Promise<string> {
  serial += 1
  const attemptId = trial.attemptId ?? `attempt-${serial}`
  const order = {
    idempotencyKey: trial.idempotencyKey ?? `key-${attemptId}`,
    description: 'Club',
    metadata: { attemptId, invoiceId: `invoice-of-${attemptId}` },
    returnUrl: `${parties.listener.url}/back?checkout=1`,
  }
  const request =
    trial.setup === true
      ? parties.charges.setupTemplate(order)
      : parties.charges.chargeTemplate({
          ...order,
          amountCents: trial.amountCents ?? 4900,
          currency: 'EUR',
          offSession: trial.offSession ?? false,
        })
  const path = `/charge/${serial}`
  const webhook = { url: `${parties.listener.url}${path}`, secret: 'charge-secret-of-tests' }
  await parties.cards.proxyCharge({ token: card.token, reference: card.reference ?? '', request, webhook })
  return path
}

/** Sends a charge and waits for its answer. */
export async function charged(parties: Parties, card: Pick<CapturedCard, 'token' | 'reference'>, trial: Trial = {}): Promise<Answer> {
  const asked = await nthAt(parties, await sendCharge(parties, card, trial))
  const { httpStatus, bodyText } = chargeWebhook.parse(JSON.parse(asked.body))
  return parties.charges.parseAnswer(httpStatus, bodyText)
}
