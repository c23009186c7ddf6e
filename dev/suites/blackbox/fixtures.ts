import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { makeCardForms } from '#dev/deploy/card-forms.ts'
import type { Edge, EdgeOptions } from '#dev/environment/edge.ts'
import { VAULT_KEY_USER, VAULT_USERNAME } from '#dev/environment/variables.ts'
import { Person } from '#dev/http-client.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { start as startVault, type VaultStandIn } from '#dev/stand-ins/pci-vault/server.ts'
import { twoKeys } from '#dev/stand-ins/processor/keys.ts'
import { start as startProcessor, type ProcessorStandIn } from '#dev/stand-ins/processor/server.ts'
import { closeMailbox, openMailbox } from '#dev/testing/mailboxes.ts'

/** A server of the app that the suite can be run against. */
export interface Target {
  name: string
  start(options: EdgeOptions): Promise<Edge & Schedules>
}

/** How a target's jobs are set off. Only a local runtime can be told another time than now; elsewhere `time` is not heard. */
export interface Schedules {
  hearsTime: boolean
  run(cron: string, time: Date): Promise<void>
}

/** One target with a database of its own and the outside parties that it speaks to. */
export interface Fixtures {
  t: TestDatabase
  edge: Edge & Schedules
  vault: VaultStandIn
  processor: ProcessorStandIn
  mailbox: RunningMailbox
  weokto(): Person
  stam(): Person
  stop(): Promise<void>
}

/** The schedule of maturation, mails and reconciliation. */
export const EVERY_FIVE_MINUTES = '*/5 * * * *'

const KEYS = { password: 'vault-password-of-tests', keyPassphrase: 'vault-passphrase-of-tests' }
const PROCESSOR_KEYS = { own: 'processor-key-of-tests', vault: 'processor-key-that-travels-in-tests' }
const MAIL_KEY = 'mail-key-of-tests'

export async function startFixtures(target: Target): Promise<Fixtures> {
  const [t, vault, processor, mailbox] = await Promise.all([
    testDatabase(),
    startVault({ port: 0, username: VAULT_USERNAME, keyUser: VAULT_KEY_USER, ...KEYS, firstBackoffMs: 50 }),
    startProcessor({ port: 0, keys: twoKeys(PROCESSOR_KEYS.own, PROCESSOR_KEYS.vault), firstBackoffMs: 50 }),
    startMailbox({ apiKey: MAIL_KEY }),
  ])
  const stopParties = async (): Promise<void> => {
    await Promise.all([vault.stop(), processor.stop(), mailbox.stop()])
    await t.close()
  }
  const environment = {
    PCI_VAULT_BASE_URL: vault.baseUrl,
    PCI_VAULT_PASSWORD: KEYS.password,
    PCI_VAULT_KEY_PASSPHRASE: KEYS.keyPassphrase,
    PCI_VAULT_FORMS: await makeCardForms({ baseUrl: vault.baseUrl, username: VAULT_USERNAME, password: KEYS.password }),
    PROCESSOR_BASE_URL: processor.url,
    PROCESSOR_OWN_KEY: PROCESSOR_KEYS.own,
    PROCESSOR_VAULT_KEY: PROCESSOR_KEYS.vault,
    EMAIL_BASE_URL: mailbox.url,
    EMAIL_API_KEY: MAIL_KEY,
  }
  try {
    const edge = await target.start({ databaseUrl: t.databaseUrl, httpEndpoint: t.httpEndpoint, environment })
    processor.tellTo({ url: `${edge.stam}/webhooks/processor`, secret: edge.environment['PROCESSOR_WEBHOOK_SECRET'] ?? '' })
    mailbox.teller.tellTo({ url: `${edge.weokto}/webhooks/mail`, secret: edge.environment['EMAIL_WEBHOOK_SECRET'] ?? '' })
    const origins = [edge.weokto, edge.stam]
    openMailbox(origins, mailbox.mails)
    const stop = async (): Promise<void> => {
      closeMailbox(origins)
      await edge.stop()
      await stopParties()
    }
    return { t, edge, vault, processor, mailbox, weokto: () => new Person(edge.weokto), stam: () => new Person(edge.stam), stop }
  } catch (error) {
    await stopParties()
    throw error
  }
}
