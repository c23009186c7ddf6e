import * as z from 'zod'
import { emailAddress } from '#domain/base/email-address.ts'
import { keyRing } from '#domain/base/key-ring.ts'
import { webhookOrigins } from '#domain/base/origin.ts'
import { findPan } from '#domain/base/pan/pan.ts'
import { webhookKey } from './adapters/mail/resend-webhook.ts'
import { CARD_FORM_NAMES, readCardForms } from './adapters/pci-vault/card-forms.ts'

const secret = z.string().min(32, 'at least 32 characters')
const NO_RING = 'one to four keys of at least 32 characters, separated by commas, with a name before a colon in all but one'
const keys = z.string().refine((setting) => keyRing(setting) !== null, NO_RING)
/** Each a key of AES-256. */
const sealKeys = keys.refine(
  (setting) => keyRing(setting)?.every(({ secret: key }) => base64Length(key) === 32),
  'keys of 32 bytes in base64',
)
const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)
const hosts = z.string().transform((list) =>
  list
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean),
)

/** The account's full key may do anything: none of the two that this program has is it. */
const restrictedKey = z
  .string()
  .min(1)
  .refine((key) => !key.startsWith('sk_'), 'a restricted key, rk_…')

/** The only two ways in which the provider takes a sender; https://resend.com/docs/api-reference/emails/send-email */
const SENDER = /^(?:[^<>\r\n]*<(?<named>[^<>]+)>|(?<bare>[^<>]+))$/
const sender = z.string().refine((value) => {
  const { named, bare } = SENDER.exec(value)?.groups ?? {}
  return emailAddress.safeParse(named ?? bare).success
}, 'must be `Name <address>` or an address')

/** Everything the app is told from outside. `.dev.vars.example` explains each name. */
const ConfigSchema = z.object({
  DATABASE_URL: z.string().min(1),
  DATABASE_HTTP_ENDPOINT: z.url().optional(),
  WEOKTO_ORIGIN: origin,
  STAM_ORIGIN: origin,
  WEOKTO_HOSTS: hosts,
  STAM_HOSTS: hosts,
  WEBHOOK_ORIGIN: origin.refine((value) => webhookOrigins(value) !== null, 'https'),
  WEBHOOK_ORIGINS: z
    .string()
    .optional()
    .refine((list) => !list || webhookOrigins(list) !== null, 'bare https origins, separated by commas'),
  // Whether search engines may show the sites: not those of a staging environment, whose deployment says so.
  INDEXING: z.enum(['on', 'off']).default('on'),
  REALTIME_ORIGIN: z.optional(origin),
  ROOM_SECRET: keys,
  CLICK_SECRET: keys,
  FINGERPRINT_SECRET: secret,
  CODE_SECRET: secret,
  // As it travels in a header.
  MONITOR_TOKEN: z.string().regex(/^[!-~]{32,200}$/, '32 to 200 characters without spaces'),
  // Only until the business has its owner; .dev.vars.example says more.
  // It is sent back to us in a body: one that looks like a card number would be refused there for ever.
  SETUP_KEY: secret
    .max(200, 'at most 200 characters')
    .refine((key) => !findPan(key), 'another one: its digits look like a card number')
    .optional(),
  SEAL_KEY: sealKeys,
  PCI_VAULT_BASE_URL: z.url(),
  PCI_VAULT_USERNAME: z.string().min(1),
  PCI_VAULT_PASSWORD: z.string().min(1),
  PCI_VAULT_KEY_USER: z.string().min(1),
  PCI_VAULT_KEY_PASSPHRASE: z.string().min(1),
  PCI_VAULT_FORMS: z.string().transform((list, issues) => {
    const forms = readCardForms(list)
    if (forms !== null) return forms
    issues.addIssue({ code: 'custom', message: `${CARD_FORM_NAMES.join('=id,')}=id` })
    return z.NEVER
  }),
  PROCESSOR_BASE_URL: z.url(),
  PROCESSOR_OWN_KEY: restrictedKey,
  PROCESSOR_VAULT_KEY: restrictedKey,
  PROCESSOR_WEBHOOK_SECRET: z.string().min(1),
  EMAIL_BASE_URL: z.url(),
  EMAIL_API_KEY: z.string().min(1),
  EMAIL_WEBHOOK_SECRET: z.string().refine((value) => webhookKey(value) !== null, 'must be whsec_ and at least 24 bytes in base64'),
  EMAIL_FROM_WEOKTO: sender,
  EMAIL_FROM_STAM: sender,
  // Resend's limit is 5 for a team; one below it leaves room for whoever else asks.
  EMAIL_PER_SECOND: z.coerce.number().int().min(1).max(1_000).default(4),
})

export type Config = Omit<z.infer<typeof ConfigSchema>, 'WEBHOOK_ORIGINS'> & { WEBHOOK_ORIGINS: string[] }

/** The main one is always among them; without a list it is the only one. */
function allWebhookOrigins({ WEBHOOK_ORIGIN, WEBHOOK_ORIGINS }: z.infer<typeof ConfigSchema>): string[] {
  return [...new Set([WEBHOOK_ORIGIN, ...(webhookOrigins(WEBHOOK_ORIGINS ?? '') ?? [])])]
}

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
  if (parsed.success) return { ...parsed.data, WEBHOOK_ORIGINS: allWebhookOrigins(parsed.data) }
  // Only names are told: a wrong value may be a secret.
  const names = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`)
  throw new Error(`The configuration is incomplete: ${names.join(', ')}.`)
}
