import { USER_AGENT } from '#domain/base/user-agent.ts'

/**
 * One bounded HTTP question to somebody else's server. The URL and headers of these calls carry secrets (the vault wants its
 * passphrase in the query string), so nothing that is thrown from here contains them: neither the message nor a cause.
 */

/** How `fetch` is handed to an adapter. Workers need it called as a plain function, so adapters default to a closure over the global. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>

export const platformFetch: Fetch = (input, init) => fetch(input, init)

export type Question = {
  /** Said in errors instead of the URL, such as "vault: create capture". */
  what: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string
  timeoutMs: number
}

export type Reply = { status: number; text: string; retryAfterMs: number | null }

/** Nobody can say whether the other side acted: it did not answer in time, hung up, or answered more than we are willing to read. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  readonly reason: 'timeout' | 'network' | 'too_long'
  constructor(what: string, reason: NoAnswer['reason'], detail: string) {
    super(`${what}: no answer (${reason}${detail === '' ? '' : `, ${detail}`})`)
    this.reason = reason
  }
}

/** No answer of ours is near this; a wrong address that streams for ever must not fill a worker's memory. */
export const MAX_REPLY_BYTES = 512 * 1024

/**
 * Asks once, never follows a redirect (it would carry the secrets along), and reads the whole answer within `timeoutMs`.
 * Every HTTP status is a reply; only silence throws.
 */
export async function ask(question: Question, send: Fetch = platformFetch): Promise<Reply> {
  const signal = AbortSignal.timeout(question.timeoutMs)
  try {
    const response = await send(question.url, {
      method: question.method,
      headers: { ...question.headers, 'user-agent': USER_AGENT },
      redirect: 'manual',
      signal,
      ...(question.body === undefined ? {} : { body: question.body }),
    })
    const text = await readBounded(response, question.what)
    return { status: response.status, text, retryAfterMs: retryAfter(response.headers.get('retry-after')) }
  } catch (error) {
    if (error instanceof NoAnswer) throw error
    throw signal.aborted
      ? new NoAnswer(question.what, 'timeout', `after ${question.timeoutMs} ms`)
      : new NoAnswer(question.what, 'network', codeOf(error))
  }
}

async function readBounded(response: Response, what: string): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > MAX_REPLY_BYTES) {
      await reader.cancel()
      throw new NoAnswer(what, 'too_long', `more than ${MAX_REPLY_BYTES} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}

function retryAfter(header: string | null): number | null {
  if (header === null || !/^\d{1,5}$/.test(header)) return null
  return Number(header) * 1000
}

/** Runtimes put addresses into their messages; the bare code (ECONNREFUSED) is all that is safe and all that helps. */
function codeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const code: unknown = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : ''
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : ''
}
