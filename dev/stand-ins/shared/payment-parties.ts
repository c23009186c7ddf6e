import { createVault, type VaultConfig } from '#api/adapters/pci-vault/client.ts'
import { CAPTURE_SECRET_HEADER } from '#api/adapters/pci-vault/dialect.ts'
import type { Capture, CardVault } from '#api/adapters/pci-vault/port.ts'
import type { Processor } from '#api/adapters/processor/port.ts'
import { createStripe } from '#api/adapters/processor/stripe.ts'
import { readCardForms } from '#api/adapters/pci-vault/card-forms.ts'
import { makeCardForms } from '#dev/deploy/card-forms.ts'
import { grouped } from '#dev/stand-ins/pci-vault/cards.ts'
import { start as startVault, type VaultOptions, type VaultStandIn } from '#dev/stand-ins/pci-vault/server.ts'
import { twoKeys } from '#dev/stand-ins/processor/keys.ts'
import { start as startProcessor, type ProcessorOptions, type ProcessorStandIn } from '#dev/stand-ins/processor/server.ts'
import { listen, type Listener } from './listener.ts'

export const LOGIN = {
  username: 'vault-login',
  password: 'vault-password-of-tests',
  keyUser: 'tests',
  keyPassphrase: 'a passphrase/with&odd=signs',
}
export const SECRET_KEY = 'processor-key-of-tests'
export const VAULT_KEY = 'processor-key-that-travels-in-tests'
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
    keys: twoKeys(SECRET_KEY, VAULT_KEY),
    webhook: { url: `${listener.url}/processor`, secret: WEBHOOK_SECRET, events: ['*'] },
    firstBackoffMs: 10,
    laterMs: 20,
    ...options.processor,
  })
  const vault = await startVault({ port: 0, ...LOGIN, firstBackoffMs: 10, proxyBackoffMs: 10, ...options.vault })
  const forms = readCardForms(await makeCardForms({ baseUrl: vault.baseUrl, ...LOGIN }))
  if (forms === null) throw new Error('The vault did not name a form for each site and language.')
  const config = { baseUrl: vault.baseUrl, ...LOGIN, forms, timeoutMs: 2000 }
  return {
    vault,
    processor,
    listener,
    cards: createVault(config),
    charges: createStripe({ baseUrl: processor.url, ownKey: SECRET_KEY, vaultKey: VAULT_KEY, timeoutMs: 2000 }),
    cardsWith: (other) => createVault({ ...config, ...other }),
    stop: async () => {
      await Promise.all([vault.stop(), processor.stop(), listener.stop()])
    },
  }
}

/** Reads the hosted page as its own script does, and posts a card to where the page says. Resolves to the vault's answer to the browser. */
export async function typeCard(capture: Pick<Capture, 'iframeUrl'>, number: string, expiry = '12/40'): Promise<Response> {
  const shown = await fetch(capture.iframeUrl)
  if (shown.status !== 200) return shown
  const data = formData(await shown.text())
  const [month = '', year = ''] = expiry.split('/')
  return fetch(new URL(data('url'), capture.iframeUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CAPTURE_SECRET_HEADER]: data('secret') },
    body: JSON.stringify({
      ...JSON.parse(data('extra')),
      card_number: data('strip') === 'true' ? number : grouped(number),
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

const ENTITIES: Record<string, string> = { '&amp;': '&', '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>' }

/** What the page hands to its script. */
const formData =
  (html: string) =>
  (name: string): string =>
    (new RegExp(`data-${name}="([^"]*)"`).exec(html)?.[1] ?? '').replaceAll(/&[#\w]+;/g, (entity) => ENTITIES[entity] ?? entity)
