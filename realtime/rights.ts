import { rightsAnswer, type SessionHere } from '#domain/community/chat-frames.ts'
import { NoAnswer, ask } from '#api/adapters/ask.ts'
import { mintAsker } from '#api/adapters/rooms/tokens.ts'

const TIMEOUT_MS = 10_000

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
    const reply = await ask({
      what: 'room: rights',
      method: 'POST',
      url: `${API_ORIGIN}/webhooks/rooms/${channelId}/rights`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sessions }),
      timeoutMs: TIMEOUT_MS,
    })
    const answer = reply.status === 200 ? rightsAnswer.safeParse(JSON.parse(reply.text)) : null
    return answer?.success ? answer.data.lost : silent(`the API answered ${reply.status}`)
  } catch (error) {
    if (error instanceof NoAnswer || error instanceof SyntaxError) return silent(error.message)
    throw error
  }
}

function silent(message: string): null {
  console.error(JSON.stringify({ level: 'error', what: 'room: rights', message }))
  return null
}
