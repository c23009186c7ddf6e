import { newId } from '#domain/id.ts'
import { connect } from '#db/client.ts'
import type { Config } from './config.ts'
import type { Services } from './context.ts'
import { resendMailer } from './email/resend.ts'
import { pciVault } from './pci-vault/client.ts'
import { stripeProcessor } from './processor/stripe.ts'
import { partyRooms } from './realtime/partykit.ts'
import type { Runtime } from './runtime.ts'

/** Puts the adapters behind the ports. Made once per process; `runtime` is per request, because its `waitUntil` is. */
export function makeServices(config: Config): Omit<Services, 'runtime'> {
  return {
    config,
    db: connect({ databaseUrl: config.DATABASE_URL, httpEndpoint: config.DATABASE_HTTP_ENDPOINT }),
    ports: { vault: pciVault(config), processor: stripeProcessor(config), mailer: resendMailer(config), rooms: partyRooms(config) },
    newId,
  }
}

export function withRuntime(services: Omit<Services, 'runtime'>, runtime: Runtime): Services {
  return { ...services, runtime }
}
