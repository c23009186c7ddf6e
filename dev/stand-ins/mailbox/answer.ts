/** An answer as Resend gives it: JSON, or the bare sentence of the edge in front of it. */
export interface Answer {
  status: number
  headers?: Record<string, string>
  body: Record<string, unknown> | string
}

/** Resend's errors: https://resend.com/docs/api-reference/errors */
export function refusal(status: number, name: string, message: string): Answer {
  return { status, body: { statusCode: status, name, message } }
}
