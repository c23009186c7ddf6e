import { AppError } from '#domain/error.ts'

/** A machine's body as JSON; anything else is its mistake, not ours. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new AppError('bad_request')
  }
}
