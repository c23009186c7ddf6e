import { USER_AGENT } from '#domain/base/user-agent.ts'
import { rightsAnswer, type SessionHere } from '#domain/community/chat-frames.ts'
import { mintAsker } from './ticket.ts'

const TIMEOUT_MS = 10_000
/** An answer names at most the sessions that were asked about, far below this. */
const MAX_ANSWER_BYTES = 512 * 1024

/**
 * Asks the API which of these sessions may no longer read the channel. Null when it did not answer, or not in its own words: nobody is shown out
 * because the API is down.
 */
export async function askRights(
  env: Record<string, unknown>,
  channelId: string,
  sessions: readonly SessionHere[],
): Promise<readonly string[] | null> {
  const { API_ORIGIN, ROOM_SECRET } = env
  if (typeof API_ORIGIN !== 'string' || typeof ROOM_SECRET !== 'string') return silent('API_ORIGIN or ROOM_SECRET is not set')
  const token = await mintAsker(channelId, ROOM_SECRET, new Date())
  try {
    const response = await fetch(`${API_ORIGIN}/webhooks/rooms/${channelId}/rights`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'user-agent': USER_AGENT },
      body: JSON.stringify({ sessions }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await readBounded(response)
    if (text === null) return silent(`the API answered with more than ${MAX_ANSWER_BYTES} bytes`)
    const answer = response.status === 200 ? rightsAnswer.safeParse(JSON.parse(text)) : null
    return answer?.success ? answer.data.lost : silent(`the API answered ${response.status}`)
  } catch (error) {
    if (error instanceof SyntaxError) return silent('the API answered what is no JSON')
    if (error instanceof DOMException && error.name === 'TimeoutError') return silent(`no answer after ${TIMEOUT_MS} ms`)
    // What `fetch` throws when the other side cannot be reached; everything else is ours to repair.
    if (error instanceof TypeError) return silent('no connection to the API')
    throw error
  }
}

/** The whole answer, or null when it is longer than any of ours. */
async function readBounded(response: Response): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function silent(message: string): null {
  console.error(JSON.stringify({ level: 'error', what: 'room: rights', message }))
  return null
}
