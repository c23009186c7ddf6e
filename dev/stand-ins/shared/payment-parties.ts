import { createVault, type VaultConfig } from '#api/adapters/pci-vault/client.ts'
import type { Capture, CardVault } from '#api/adapters/pci-vault/port.ts'
import type { Processor } from '#api/adapters/processor/port.ts'
import { createStripe } from '#api/adapters/processor/stripe.ts'
import { grouped } from '#dev/stand-ins/pci-vault/cards.ts'
import { start as startVault, type VaultOptions, type VaultStandIn } from '#dev/stand-ins/pci-vault/server.ts'
import { start as startProcessor, type ProcessorOptions, type ProcessorStandIn } from '#dev/stand-ins/processor/server.ts'
import { listen, type Listener } from './listener.ts'

export const LOGIN = {
  username: 'vault-login',
  password: 'vault-password-of-tests',
  keyUser: 'tests',
  keyPassphrase: 'a passphrase/with&odd=signs',
}
export const SECRET_KEY = 'processor-key-of-tests'
export const WEBHOOK_SECRET = 'processor-webhook-secret-of-tests'

export type Parties = {
  vault: VaultStandIn
  processor: ProcessorStandIn
  listener: Listener
  cards: CardVault
  charges: Processor
  /** The vault's adapter with other settings than the right ones. */
  cardsWith: (other: Partial<VaultConfig>) => CardVault
  stop: () => Promise<void>
}

/** Vault, processor, both adapters and a receiver of webhooks, on free ports, in a hurry: for tests. */
export async function openParties(
  options: { vault?: Partial<VaultOptions>; processor?: Partial<ProcessorOptions> } = {},
): Promise<Parties> {
  const listener = await listen()
  const processor = await startProcessor({
    port: 0,
    secretKey: SECRET_KEY,
    webhook: { url: `${listener.url}/processor`, secret: WEBHOOK_SECRET },
    firstBackoffMs: 10,
    laterMs: 20,
    ...options.processor,
  })
  const vault = await startVault({ port: 0, ...LOGIN, firstBackoffMs: 10, proxyBackoffMs: 10, ...options.vault })
  const config = { baseUrl: vault.baseUrl, ...LOGIN, timeoutMs: 2000 }
  return {
    vault,
    processor,
    listener,
    cards: createVault(config),
    charges: createStripe({ baseUrl: processor.url, secretKey: SECRET_KEY, timeoutMs: 2000 }),
    cardsWith: (other) => createVault({ ...config, ...other }),
    stop: async () => {
      await Promise.all([vault.stop(), processor.stop(), listener.stop()])
    },
  }
}

/** Posts a card as the hosted page does, and returns the vault's answer to the browser. */
export async function typeCard(parties: Parties, capture: Capture, number: string, expiry = '12/40'): Promise<Response> {
  const frame = new URL(capture.iframeUrl)
  const [month = '', year = ''] = expiry.split('/')
  return fetch(`${parties.vault.url}/v1/capture/${capture.uniqueId}?form_type=pcd&reference=${frame.searchParams.get('reference') ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-pcivault-capture-secret': frame.searchParams.get('secret') ?? '' },
    body: JSON.stringify({
      card_number: grouped(number),
      card_holder: 'Camille Martin',
      cvv: '123',
      expiry,
      expiry_month: month,
      expiry_year: `20${year}`,
      expiry_year_short: year,
      card_type: 'visa',
      last_four: number.slice(-4),
    }),
  })
}
