import type { Told } from '#dev/stand-ins/shared/serve.ts'
import type { Intent } from './model.ts'
import { refusal } from './refusal.ts'
import { ALLOWED_TYPES_SINCE, isSince, TYPES_UNTIL } from './versions.ts'

const BOTH = [
  'confirm',
  'description',
  'expand',
  'metadata',
  'payment_method_data',
  'payment_method_options',
  'return_url',
  'automatic_payment_methods',
]
const OWN: Record<Intent['object'], readonly string[]> = {
  payment_intent: ['amount', 'currency', 'off_session', 'setup_future_usage', 'statement_descriptor_suffix'],
  setup_intent: ['usage'],
}

/** The processor refuses each parameter that a version does not know; the few that we have any use for are known here. */
export function unknownParameter(object: Intent['object'], form: Record<string, string>, version: string): Told | null {
  const known = new Set([...BOTH, ...OWN[object]])
  if (isSince(version, ALLOWED_TYPES_SINCE)) known.add('allowed_payment_method_types')
  if (!isSince(version, TYPES_UNTIL)) known.add('payment_method_types')
  const unknown = Object.keys(form).find((name) => !known.has(name.split('[')[0] ?? ''))
  if (unknown === undefined) return null
  const param = unknown.split('[')[0] ?? ''
  return refusal(400, { type: 'invalid_request_error', code: 'parameter_unknown', message: `Received unknown parameter: ${param}`, param })
}
