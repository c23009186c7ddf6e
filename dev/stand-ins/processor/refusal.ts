import { json, type Told } from '#dev/stand-ins/shared/serve.ts'
import type { CardError, Intent } from './model.ts'

/** An error in the processor's own form. */
export function refusal(status: number, error: { type: string; message: string; code?: string; param?: string }): Told {
  return json(status, { error })
}

export const badRequest = (message: string, param?: string): Told =>
  refusal(400, { type: 'invalid_request_error', message, ...(param === undefined ? {} : { param }) })

export const missing = (what: string): Told =>
  refusal(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}.` })

/** 402 with the intent inside, as a declined confirmation answers. */
export function cardRefused(error: CardError, intent: Intent | null): Told {
  return json(402, { error: { ...error, ...(intent === null ? {} : { [intent.object]: intent }) } })
}

export function cardError(answer: { decline: string; code?: string }): CardError {
  return {
    type: 'card_error',
    code: answer.code ?? 'card_declined',
    decline_code: answer.decline,
    message: 'The card was declined.',
  }
}
