import { readFileSync } from 'node:fs'
import { NEW_PASSPHRASE_PARAM } from '#api/adapters/pci-vault/dialect.ts'
import { WebhookSender, doubling } from '#dev/stand-ins/shared/deliver.ts'
import { Faults, faultsRoute } from '#dev/stand-ins/shared/faults.ts'
import { HANG_UP, json, refuseProduction, serve, type Asked, type Served, type Told } from '#dev/stand-ins/shared/serve.ts'
import { capture, CORS, createCapture, deleteCapture } from './capture.ts'
import { cardPage } from './card-page.ts'
import { createForm, deleteForm } from './forms.ts'
import { proxyPost } from './proxy.ts'
import { failure, Vault, type VaultSettings } from './vault.ts'

export type VaultOptions = Pick<VaultSettings, 'username' | 'password' | 'keyUser' | 'keyPassphrase'> &
  Partial<VaultSettings> & {
    /** 0 takes any free port. */
    port: number
    now?: () => Date
    webhookAttempts?: number
    firstBackoffMs?: number
  }

/** `baseUrl` is what the client is configured with. */
export type VaultStandIn = Served & { baseUrl: string; faults: Faults; vault: Vault; sender: WebhookSender }

/** Starts a card vault that speaks PCI Vault's protocol. Cards are in memory and die with it. */
export async function start(options: VaultOptions): Promise<VaultStandIn> {
  refuseProduction('The card vault')
  const faults = new Faults()
  const sender = new WebhookSender({
    faults,
    attempts: options.webhookAttempts ?? 8,
    backoffMs: doubling(options.firstBackoffMs ?? 1000),
    timeoutMs: 10_000,
  })
  const { port, now = () => new Date(), webhookAttempts: _, firstBackoffMs: __, ...given } = options
  const settings: VaultSettings = {
    statusSpelling: 'alternate',
    knowsMetadata: true,
    proxyBackoffMs: 500,
    proxyTimeoutMs: 30_000,
    synchronousLimitMs: 20_000,
    ...given,
  }
  const vault = new Vault(settings, sender, now)
  const served = await serve({ port }, (asked) => route(vault, faults, asked))
  const stop = async (): Promise<void> => {
    sender.stop()
    await served.stop()
  }
  return { ...served, stop, baseUrl: `${served.url}/v1`, faults, vault, sender }
}

async function route(vault: Vault, faults: Faults, asked: Asked): Promise<Told | typeof HANG_UP> {
  if (asked.path === '/_faults') return faultsRoute(faults, asked)
  if (asked.path === '/_deliveries') return json(200, { deliveries: vault.sender.deliveries })
  if (asked.path === '/_health') return json(200, { ok: true })
  const fault = faults.strike(['dead', 'rate_limited', 'slow', 'answer_lost', 'gone'], asked.path)
  if (fault?.fault === 'gone') return HANG_UP
  if (fault?.fault === 'dead') return failure(503, 'out of order')
  if (fault?.fault === 'rate_limited') return failure(429, 'too many requests')
  const told = await (fromBrowser(vault, asked) ?? fromServer(vault, asked))
  if (fault?.fault === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
  return fault?.fault === 'answer_lost' ? HANG_UP : told
}

/** What needs no login: the hosted page and the posting of a card, which the endpoint's own secret opens. */
function fromBrowser(vault: Vault, asked: Asked): Told | null {
  const { path, method } = asked
  if (path === '/v1/capture/iframe/card-form.js' && method === 'GET') return SCRIPT
  const form = /^\/v1\/capture\/iframe\/([\w-]+)$/.exec(path)?.[1]
  if (form !== undefined && method === 'GET') return cardPage(vault, asked, form)
  if (path === '/v1/capture/iframe') return null
  const endpoint = /^\/v1\/capture\/([\w-]+)$/.exec(path)?.[1]
  if (endpoint === undefined) return null
  if (method === 'OPTIONS') return { status: 204, headers: CORS }
  return method === 'POST' ? capture(vault, asked, endpoint) : null
}

async function fromServer(vault: Vault, asked: Asked): Promise<Told> {
  if (!vault.loginIsRight(asked)) {
    return { ...failure(401, 'unauthorized'), headers: { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="vault"' } }
  }
  const call = `${asked.method} ${asked.path}`
  if (call === 'GET /v1/whoami') {
    return json(200, { user: vault.settings.username, api_version: 'stand-in', backwards_compatibility: 'v1', environment: 'stand-in' })
  }
  if (call === 'POST /v1/capture') return createCapture(vault, asked)
  if (call === 'POST /v1/capture/iframe') return createForm(vault, asked)
  const form = /^DELETE \/v1\/capture\/iframe\/([\w-]+)$/.exec(call)?.[1]
  if (form !== undefined) return deleteForm(vault, form)
  if (call === 'POST /v1/proxy/post') return proxyPost(vault, asked)
  if (call === 'PUT /v1/key/') return rotateKey(vault, asked)
  const endpoint = /^DELETE \/v1\/capture\/([\w-]+)$/.exec(call)?.[1]
  return endpoint === undefined ? failure(404, 'not found') : deleteCapture(vault, endpoint)
}

/** The old passphrase stops at once. */
function rotateKey(vault: Vault, asked: Asked): Told {
  if (!vault.keyIsRight(asked.query)) return failure(403, 'invalid key or passphrase')
  const passphrase = asked.query.get(NEW_PASSPHRASE_PARAM) ?? ''
  if (passphrase.length < 16) return failure(400, 'the new passphrase is too short')
  vault.rotate(passphrase)
  return json(200, { user: vault.settings.keyUser })
}

const SCRIPT: Told = {
  status: 200,
  headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  body: readFileSync(new URL('./card-form.js', import.meta.url), 'utf8'),
}
