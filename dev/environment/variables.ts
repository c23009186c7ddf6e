import type { Secrets } from './secrets.ts'

export interface Places {
  databaseUrl: string
  httpEndpoint: string
  /** The port of both sites. */
  sitesPort: number
  /** Where the rooms stand when it is not in the app's own Worker. */
  realtimeUrl?: string
  /** Ends in /v1. */
  vaultUrl: string
  /** The vault's forms, as `makeCardForms` says them. */
  cardForms: string
  processorUrl: string
  mailUrl: string
}

/** Forms of a vault that nobody started. */
export const NO_CARD_FORMS = 'WEOKTO.fr=none,WEOKTO.en=none,STAM.fr=none,STAM.en=none'
/** Nobody listens on the discard port: what a test did not start is answered by a refused connection, at once. */
export const NOWHERE = 'http://127.0.0.1:9'

export const VAULT_USERNAME = 'weokto'
export const VAULT_KEY_USER = 'weokto-cards'

export const originsAt = (port: number): { weokto: string; stam: string } => ({
  weokto: `http://weokto.localhost:${port}`,
  stam: `http://stam.localhost:${port}`,
})

/** Everything the app is told from outside, for parts that all run on this machine. */
export function environmentOf(places: Places, secrets: Secrets): Record<string, string> {
  const { weokto, stam } = originsAt(places.sitesPort)
  return {
    DATABASE_URL: places.databaseUrl,
    DATABASE_HTTP_ENDPOINT: places.httpEndpoint,
    WEOKTO_ORIGIN: weokto,
    STAM_ORIGIN: stam,
    WEOKTO_HOSTS: 'weokto.localhost',
    STAM_HOSTS: 'stam.localhost',
    WEBHOOK_ORIGIN: stam,
    WEBHOOK_ORIGINS: `${stam},${weokto}`,
    ...(places.realtimeUrl === undefined ? {} : { REALTIME_ORIGIN: places.realtimeUrl }),
    ROOM_SECRET: secrets.room,
    CLICK_SECRET: secrets.click,
    FINGERPRINT_SECRET: secrets.fingerprint,
    CODE_SECRET: secrets.code,
    MONITOR_TOKEN: secrets.monitor,
    SETUP_KEY: secrets.setup,
    SEAL_KEY: secrets.seal,
    PCI_VAULT_BASE_URL: places.vaultUrl,
    PCI_VAULT_USERNAME: VAULT_USERNAME,
    PCI_VAULT_PASSWORD: secrets.vaultPassword,
    PCI_VAULT_KEY_USER: VAULT_KEY_USER,
    PCI_VAULT_KEY_PASSPHRASE: secrets.vaultPassphrase,
    PCI_VAULT_FORMS: places.cardForms,
    PROCESSOR_BASE_URL: places.processorUrl,
    PROCESSOR_OWN_KEY: secrets.processorOwnKey,
    PROCESSOR_VAULT_KEY: secrets.processorVaultKey,
    PROCESSOR_WEBHOOK_SECRET: secrets.processorWebhook,
    EMAIL_BASE_URL: places.mailUrl,
    EMAIL_API_KEY: secrets.mailKey,
    EMAIL_WEBHOOK_SECRET: secrets.mailWebhook,
    EMAIL_FROM_WEOKTO: 'WEOKTO <bonjour@weokto.localhost>',
    EMAIL_FROM_STAM: 'STAM <bonjour@stam.localhost>',
  }
}
