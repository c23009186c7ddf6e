import { makeCardForms } from '#dev/deploy/card-forms.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { start as startVault, type VaultStandIn } from '#dev/stand-ins/pci-vault/server.ts'
import { twoKeys } from '#dev/stand-ins/processor/keys.ts'
import { start as startProcessor, type ProcessorStandIn } from '#dev/stand-ins/processor/server.ts'
import { VAULT_KEY_USER, VAULT_USERNAME } from './variables.ts'
import type { Part } from './part.ts'
import type { Ports } from './ports.ts'
import type { Secrets } from './secrets.ts'
import type { Stack } from './stack.ts'

export interface StandInOptions {
  secrets: Secrets
  /** Free ones unless told. */
  ports?: Pick<Ports, 'vault' | 'processor' | 'mailbox'>
  /** Tests do not wait as long before a webhook is sent again. */
  haste?: { firstBackoffMs: number }
  /** Mails that are taken within a second; the provider's own limit unless told. */
  mailsPerSecond?: number
}

export interface StandIns {
  /** Ends in /v1. */
  vaultUrl: string
  cardForms: string
  processorUrl: string
  mailUrl: string
  vault: VaultStandIn
  processor: ProcessorStandIn
  mailbox: RunningMailbox
  parts: Part[]
  /** Names the app that is told what happens at an outside party; known only once it listens. */
  tellTo(app: { weokto: string; stam: string }): void
}

/** The outside parties that the product talks to, played on this machine inside our own process: for start, the app under test and every suite. */
export async function startStandIns(options: StandInOptions, stack: Stack): Promise<StandIns> {
  const { secrets, ports, haste = {}, mailsPerSecond } = options
  const login = { username: VAULT_USERNAME, password: secrets.vaultPassword }
  const key = { keyUser: VAULT_KEY_USER, keyPassphrase: secrets.vaultPassphrase }
  const vault = await startVault({ port: ports?.vault ?? 0, ...login, ...key, ...haste })
  await stack.add(() => vault.stop())
  const cardForms = await makeCardForms({ baseUrl: vault.baseUrl, ...login })
  const keys = twoKeys(secrets.processorOwnKey, secrets.processorVaultKey)
  const processor = await startProcessor({ port: ports?.processor ?? 0, keys, ...haste })
  await stack.add(() => processor.stop())
  const pace = mailsPerSecond === undefined ? {} : { perSecond: mailsPerSecond }
  const mailbox = await startMailbox({ port: ports?.mailbox ?? 0, apiKey: secrets.mailKey, ...pace })
  await stack.add(() => mailbox.stop())
  const { pid } = process
  const parts = [
    { name: 'PCI Vault (stand-in)', url: vault.url, pid },
    { name: 'Processor (stand-in)', url: processor.url, pid },
    { name: 'Mailbox', url: mailbox.url, pid },
  ]
  const tellTo = ({ weokto, stam }: { weokto: string; stam: string }): void => {
    processor.tellTo({ url: `${stam}/webhooks/processor`, secret: secrets.processorWebhook })
    mailbox.teller.tellTo({ url: `${weokto}/webhooks/mail`, secret: secrets.mailWebhook })
  }
  const places = { vaultUrl: vault.baseUrl, cardForms, processorUrl: processor.url, mailUrl: mailbox.url }
  return { ...places, vault, processor, mailbox, parts, tellTo }
}
