/** An error whose message is one sentence meant for the person at the keyboard: it is printed alone, without a stack. */
export class PlainError extends Error {
  override name = 'PlainError'
}

/** The sentence to show for any error: a PlainError speaks for itself, others say at least what went wrong. */
export function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return sentenceOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.message === '' ? error.name : (error.message.split('\n')[0] ?? error.message)
}
