import type { Client } from 'pg'
import { webhookOrigins } from '#domain/base/origin.ts'
import { MigrationError } from './error.ts'

/** What `WEBHOOK_ORIGINS`, or else `WEBHOOK_ORIGIN`, says in an environment; undefined when neither is there. */
export function originsIn(env: Readonly<Record<string, string | undefined>>): string[] | undefined {
  const told = [env['WEBHOOK_ORIGIN'], env['WEBHOOK_ORIGINS']].filter(Boolean).join(',')
  if (told === '') return undefined
  const origins = webhookOrigins(told)
  if (origins === null) throw new MigrationError('WEBHOOK_ORIGIN and WEBHOOK_ORIGINS take bare https origins, separated by commas.')
  return origins
}

/**
 * The configured origins become those that a payment button may name. One that is no longer configured goes, unless a button still names
 * it: the application ignores it there until somebody changes the button.
 */
export async function writeWebhookOrigins(client: Client, origins: readonly string[]): Promise<void> {
  await client.query(`INSERT INTO webhook_origins SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`, [origins])
  await client.query(
    `DELETE FROM webhook_origins o WHERE origin <> ALL ($1::text[])
      AND NOT EXISTS (SELECT FROM manual_payment_buttons b WHERE b."pcivaultWebhookUrl" = o.origin)`,
    [origins],
  )
}
