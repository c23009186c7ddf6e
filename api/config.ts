import * as z from 'zod'

const secret = z.string().min(32, 'at least 32 characters')
const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)
const hosts = z.string().transform((list) =>
  list
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean),
)

/** Everything the app is told from outside. `.dev.vars.example` explains each name. */
const ConfigSchema = z.object({
  DATABASE_URL: z.string().min(1),
  DATABASE_HTTP_ENDPOINT: z.url().optional(),
  WEOKTO_ORIGIN: origin,
  STAM_ORIGIN: origin,
  WEOKTO_HOSTS: hosts,
  STAM_HOSTS: hosts,
  WEBHOOK_ORIGIN: origin,
  REALTIME_ORIGIN: origin,
  ROOM_SECRET: secret,
  CLICK_SECRET: secret,
  FINGERPRINT_SECRET: secret,
  CODE_SECRET: secret,
  SEAL_KEY: z.string().refine((value) => base64Length(value) === 32, 'must be 32 bytes in base64'),
  PCI_VAULT_BASE_URL: z.url(),
  PCI_VAULT_USERNAME: z.string().min(1),
  PCI_VAULT_PASSWORD: z.string().min(1),
  PCI_VAULT_KEY_USER: z.string().min(1),
  PCI_VAULT_KEY_PASSPHRASE: z.string().min(1),
  PROCESSOR_BASE_URL: z.url(),
  PROCESSOR_SECRET_KEY: z.string().min(1),
  PROCESSOR_WEBHOOK_SECRET: z.string().min(1),
  EMAIL_BASE_URL: z.url(),
  EMAIL_API_KEY: z.string().min(1),
  EMAIL_FROM_WEOKTO: z.string().min(3),
  EMAIL_FROM_STAM: z.string().min(3),
})

export type Config = z.infer<typeof ConfigSchema>

function base64Length(value: string): number {
  try {
    return atob(value).length
  } catch {
    return -1
  }
}

/** Reads the configuration once at start-up, so that a missing value stops the app there and not in the middle of a sale. */
export function readConfig(env: Record<string, unknown>): Config {
  const parsed = ConfigSchema.safeParse(env)
  if (parsed.success) return parsed.data
  // Only names are told: a wrong value may be a secret.
  const names = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`)
  throw new Error(`The configuration is incomplete: ${names.join(', ')}.`)
}
