import { connect } from '#db/client.ts'
import { newId } from '#db/id.ts'
import type { Config } from './config.ts'
import type { Services } from './context.ts'
import { createResend } from './adapters/mail/resend.ts'
import { createVault } from './adapters/pci-vault/client.ts'
import { createStripe } from './adapters/processor/stripe.ts'
import { partyKitRooms } from './adapters/rooms/partykit.ts'
import type { Runtime } from './runtime.ts'

/** Puts the adapters behind the ports. Made once per process; `runtime` is per request, because its `waitUntil` is. */
export function makeServices(config: Config): Omit<Services, 'runtime'> {
  return {
    config,
    db: connect({
      databaseUrl: config.DATABASE_URL,
      ...(config.DATABASE_HTTP_ENDPOINT ? { httpEndpoint: config.DATABASE_HTTP_ENDPOINT } : {}),
    }),
    ports: {
      vault: createVault({
        baseUrl: config.PCI_VAULT_BASE_URL,
        username: config.PCI_VAULT_USERNAME,
        password: config.PCI_VAULT_PASSWORD,
        keyUser: config.PCI_VAULT_KEY_USER,
        keyPassphrase: config.PCI_VAULT_KEY_PASSPHRASE,
      }),
      processor: createStripe({ baseUrl: config.PROCESSOR_BASE_URL, secretKey: config.PROCESSOR_SECRET_KEY }),
      mailer: createResend({ baseUrl: config.EMAIL_BASE_URL, apiKey: config.EMAIL_API_KEY }),
      rooms: partyKitRooms({ origin: config.REALTIME_ORIGIN, secret: config.ROOM_SECRET }),
    },
    newId,
    clock: () => new Date(),
  }
}

export function withRuntime(services: Omit<Services, 'runtime'>, runtime: Runtime): Services {
  return { ...services, runtime }
}
