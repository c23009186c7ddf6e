import type * as z from 'zod/mini'
import {
  CLIENT_FRAME_MAX_BYTES,
  PUBLISH_MAX_BYTES,
  clientFrame,
  publication,
  type Publication,
  type ServerFrame,
} from '#domain/community/chat-frames.ts'

/** What a client's frame turned out to be. Nothing a client sends is ever passed on as it came. */
export type ClientSays = 'typing' | 'too_big' | 'nonsense'

export function readClientFrame(raw: unknown): ClientSays {
  if (typeof raw !== 'string') return raw instanceof ArrayBuffer && raw.byteLength <= CLIENT_FRAME_MAX_BYTES ? 'nonsense' : 'too_big'
  if (raw.length > CLIENT_FRAME_MAX_BYTES) return 'too_big'
  const parsed = clientFrame.safeParse(jsonOrNull(raw))
  return parsed.success ? parsed.data.type : 'nonsense'
}

/** What the API says to a room, as it wrote it or as it came over HTTP. */
export type Told = Publication | z.infer<typeof publication>

/** What is a little too long is read to its end all the same: who is answered while still sending may lose the answer with the connection. */
const READ_MAX_BYTES = 4 * PUBLISH_MAX_BYTES

/** The API's instruction in a request's body, or null when it is none. */
export async function readPublication(request: {
  text(): Promise<string>
  headers: { get(name: string): string | null }
}): Promise<Told | null> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > READ_MAX_BYTES) return null
  const body = await request.text()
  if (body.length > PUBLISH_MAX_BYTES) return null
  const parsed = publication.safeParse(jsonOrNull(body))
  return parsed.success ? parsed.data : null
}

export const encodeFrame = (frame: ServerFrame): string => JSON.stringify(frame)

/** The frame of events that are texts already: each is made into one once, whatever it waits for. */
export const encodeEvents = (events: readonly string[]): string => `{"type":"events","events":[${events.join(',')}]}`

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
