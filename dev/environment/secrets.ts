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
  seal: text,
  appPassword: text,
  vaultPassword: text,
  vaultPassphrase: text,
  processorKey: text,
  processorWebhook: text,
  mailKey: text,
})

export type Secrets = z.infer<typeof shape>

/** This machine's own secrets: made once and kept with the data, because what they sealed and signed must stay readable. */
export function localSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  const known = shape.safeParse(readJson(file))
  if (known.success) return known.data
  const made = freshSecrets()
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 })
  return made
}

/** Secrets that nobody else has, in the shapes that each party gives them. */
export function freshSecrets(): Secrets {
  return {
    room: word(),
    click: word(),
    fingerprint: word(),
    code: word(),
    seal: randomBytes(32).toString('base64'),
    appPassword: word(),
    vaultPassword: word(),
    vaultPassphrase: word(),
    processorKey: `sk_test_${word()}`,
    processorWebhook: `whsec_${word()}`,
    mailKey: `re_${word()}`,
  }
}

const word = (): string => randomBytes(32).toString('hex')

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
