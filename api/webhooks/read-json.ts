import { withoutPans } from '#domain/base/pan/pan.ts'
import { AppError } from '#domain/error.ts'

/**
 * A machine's body as JSON, read once the machine has proved itself; anything else is its mistake, not ours. A field that holds a card number
 * is dropped here, before anything is stored or logged, and the rest of the message has its effect.
 */
export function readJson(body: string): unknown {
  try {
    return withoutPans(JSON.parse(body))
  } catch {
    throw new AppError('bad_request')
  }
}
