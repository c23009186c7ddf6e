import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const text = z.string().min(16)
const shape = z.object({
  room: text,
  click: text,
  fingerprint: text,
  code: text,
  monitor: text,
  setup: text,
  seal: text,
  appPassword: text,
  vaultPassword: text,
  vaultPassphrase: text,
  processorOwnKey: text,
  processorVaultKey: text,
  processorWebhook: text,
  mailKey: text,
  mailWebhook: text,
})

export type Secrets = z.infer<typeof shape>

/** This machine's own secrets: made once and kept with the data, because what they sealed and signed must stay readable. One that is new joins them. */
export function localSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  const known = shape.partial().safeParse(readJson(file)).data ?? {}
  const made = shape.parse({ ...freshSecrets(), ...known })
  if (Object.keys(made).length === Object.keys(known).length) return made
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 })
  return made
}

/** Secrets that nobody else has, in the shapes that each party gives them. */
export function freshSecrets(): Secrets {
  return {
    room: named(word()),
    click: named(word()),
    fingerprint: word(),
    code: word(),
    monitor: word(),
    // Typed into a form, whose guard takes a long run of digits for a card: hexadecimals have one now and then.
    setup: randomBytes(32).toString('base64url'),
    seal: named(randomBytes(32).toString('base64')),
    appPassword: word(),
    vaultPassword: word(),
    vaultPassphrase: word(),
    processorOwnKey: `rk_test_${word()}`,
    processorVaultKey: `rk_test_${word()}`,
    processorWebhook: `whsec_${word()}`,
    mailKey: `re_${word()}`,
    mailWebhook: `whsec_${randomBytes(32).toString('base64')}`,
  }
}

/** A first key with a name, so that a second one can take its place (README, "Keys"). */
const named = (secret: string): string => `k1:${secret}`

const word = (): string => randomBytes(32).toString('hex')

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
