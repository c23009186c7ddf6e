import { connect } from '#db/client.ts'
import { newId } from '#db/id.ts'
import type { Config } from './config.ts'
import type { Services } from './context.ts'
import { createResend } from './adapters/mail/resend.ts'
import { createVault } from './adapters/pci-vault/client.ts'
import { createStripe } from './adapters/processor/stripe.ts'
import { boundRooms, type TellRoom } from './adapters/rooms/bound.ts'
import { httpRooms } from './adapters/rooms/over-http.ts'
import type { Rooms } from './adapters/rooms/port.ts'
import type { Runtime } from './runtime.ts'

/**
 * Puts the adapters behind the ports. Made once per process; `runtime` is per request, because its `waitUntil` is. `tellRoom` leads to the rooms that
 * the process itself holds; one without it is told where they stand.
 */
export function makeServices(config: Config, tellRoom?: TellRoom): Omit<Services, 'runtime'> {
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
        forms: config.PCI_VAULT_FORMS,
      }),
      processor: createStripe({
        baseUrl: config.PROCESSOR_BASE_URL,
        ownKey: config.PROCESSOR_OWN_KEY,
        vaultKey: config.PROCESSOR_VAULT_KEY,
      }),
      mailer: createResend({ baseUrl: config.EMAIL_BASE_URL, apiKey: config.EMAIL_API_KEY }),
      rooms: roomsOf(config, tellRoom),
    },
    newId,
    clock: () => new Date(),
  }
}

function roomsOf(config: Config, tellRoom: TellRoom | undefined): Rooms {
  const { REALTIME_ORIGIN, ROOM_SECRET: secret, WEOKTO_ORIGIN, STAM_ORIGIN } = config
  if (REALTIME_ORIGIN !== undefined) return httpRooms({ origin: REALTIME_ORIGIN, secret })
  if (!tellRoom) throw new Error('The configuration is incomplete: REALTIME_ORIGIN (there are no rooms here).')
  return boundRooms(tellRoom, { secret, originFor: (platform) => (platform === 'WEOKTO' ? WEOKTO_ORIGIN : STAM_ORIGIN) })
}

export function withRuntime(services: Omit<Services, 'runtime'>, runtime: Runtime): Services {
  return { ...services, runtime }
}
