import type { ErrorCode } from '#domain/error-codes.ts'
import * as m from '#web/i18n/paraglide/messages.js'

export type RefusalCode = ErrorCode | 'network'

/** What the API refused, in words meant for the reader, or a connection that was lost on the way. */
export class ApiError extends Error {
  readonly code: RefusalCode
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** What is wrong with each field, by its name. */
  readonly fields: Readonly<Record<string, string>>
  readonly requestId: string | undefined

  constructor(code: RefusalCode, status: number, message: string, fields: Record<string, string>, requestId?: string) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.fields = fields
    this.requestId = requestId
  }

  static network(): ApiError {
    return new ApiError('network', 0, m.base_network_error(), {})
  }
}

type Json = { readonly [key: string]: unknown }

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}

function texts(value: unknown): Record<string, string> {
  if (!isJson(value)) return {}
  const entries = Object.entries(value)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

// The codes are the API's own table; one that a newer API added is still shown by its message.
function isCode(value: unknown): value is ErrorCode {
  return typeof value === 'string'
}

/** Reads the one error shape of the API; anything else (a proxy's page) counts as a lost connection. */
export async function readRefusal(response: { status: number; json(): Promise<unknown> }): Promise<ApiError> {
  const body = await response.json().catch(() => null)
  const error = isJson(body) ? body['error'] : null
  if (!isJson(error) || !isCode(error['code'])) return ApiError.network()
  const message = typeof error['message'] === 'string' ? error['message'] : m.base_error_text()
  const requestId = typeof error['requestId'] === 'string' ? error['requestId'] : undefined
  return new ApiError(error['code'], response.status, message, texts(error['fields']), requestId)
}

/** The words for any thrown value: a refusal speaks for itself, a defect of ours is said in general. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : m.base_error_text()
}
