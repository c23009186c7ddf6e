import { makeCardForms } from '#dev/deploy/card-forms.ts'
import { startMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { start as startVault } from '#dev/stand-ins/pci-vault/server.ts'
import { twoKeys } from '#dev/stand-ins/processor/keys.ts'
import { start as startProcessor } from '#dev/stand-ins/processor/server.ts'
import { originsAt, VAULT_KEY_USER, VAULT_USERNAME } from './variables.ts'
import type { Part } from './part.ts'
import type { Ports } from './ports.ts'
import type { Secrets } from './secrets.ts'
import type { Stack } from './stack.ts'

export interface StandIns {
  /** Ends in /v1. */
  vaultUrl: string
  cardForms: string
  processorUrl: string
  mailUrl: string
  parts: Part[]
}

/** The outside parties that the product talks to, played on this machine inside our own process. */
export async function startStandIns(ports: Ports, secrets: Secrets, stack: Stack): Promise<StandIns> {
  const vault = await startVault({
    port: ports.vault,
    username: VAULT_USERNAME,
    password: secrets.vaultPassword,
    keyUser: VAULT_KEY_USER,
    keyPassphrase: secrets.vaultPassphrase,
  })
  await stack.add(() => vault.stop())
  const login = { baseUrl: vault.baseUrl, username: VAULT_USERNAME, password: secrets.vaultPassword }
  const cardForms = await makeCardForms(login)
  const webhook = { url: `${originsAt(ports.sites).stam}/webhooks/processor`, secret: secrets.processorWebhook }
  const processor = await startProcessor({
    port: ports.processor,
    keys: twoKeys(secrets.processorOwnKey, secrets.processorVaultKey),
    webhook,
  })
  await stack.add(() => processor.stop())
  const mailbox = await startMailbox({
    port: ports.mailbox,
    apiKey: secrets.mailKey,
    webhook: { url: `${originsAt(ports.sites).weokto}/webhooks/mail`, secret: secrets.mailWebhook },
  })
  await stack.add(() => mailbox.stop())
  const { pid } = process
  const parts = [
    { name: 'PCI Vault (stand-in)', url: vault.url, pid },
    { name: 'Processor (stand-in)', url: processor.url, pid },
    { name: 'Mailbox', url: mailbox.url, pid },
  ]
  return { vaultUrl: vault.baseUrl, cardForms, processorUrl: processor.url, mailUrl: mailbox.url, parts }
}
