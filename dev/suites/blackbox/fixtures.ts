import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Edge, EdgeOptions } from '#dev/environment/edge.ts'
import { freshSecrets } from '#dev/environment/secrets.ts'
import { Stack } from '#dev/environment/stack.ts'
import { startStandIns } from '#dev/environment/stand-ins.ts'
import { Person } from '#dev/http-client.ts'
import type { RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import type { VaultStandIn } from '#dev/stand-ins/pci-vault/server.ts'
import type { ProcessorStandIn } from '#dev/stand-ins/processor/server.ts'
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

export async function startFixtures(target: Target): Promise<Fixtures> {
  const stack = new Stack()
  try {
    const t = await testDatabase()
    await stack.add(() => t.close())
    const secrets = freshSecrets()
    const standIns = await startStandIns({ secrets, haste: { firstBackoffMs: 50 } }, stack)
    const { databaseUrl, httpEndpoint } = t
    const edge = await target.start({ databaseUrl, httpEndpoint, standIns, secrets })
    await stack.add(() => edge.stop())
    standIns.tellTo(edge)
    const { vault, processor, mailbox } = standIns
    const origins = [edge.weokto, edge.stam]
    openMailbox(origins, mailbox.mails)
    await stack.add(async () => closeMailbox(origins))
    const people = { weokto: () => new Person(edge.weokto), stam: () => new Person(edge.stam) }
    return { t, edge, vault, processor, mailbox, ...people, stop: () => stack.unwind() }
  } catch (error) {
    await stack.unwind()
    throw error
  }
}
