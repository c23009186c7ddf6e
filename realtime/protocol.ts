import type * as z from 'zod/mini'
import { CLIENT_FRAME_MAX_BYTES, PUBLISH_MAX_BYTES, clientFrame, publication, type ServerFrame } from '#domain/community/chat-frames.ts'

/** What a client's frame turned out to be. Nothing a client sends is ever passed on as it came. */
export type ClientSays = 'typing' | 'too_big' | 'nonsense'

export function readClientFrame(raw: unknown): ClientSays {
  if (typeof raw !== 'string') return raw instanceof ArrayBuffer && raw.byteLength <= CLIENT_FRAME_MAX_BYTES ? 'nonsense' : 'too_big'
  if (raw.length > CLIENT_FRAME_MAX_BYTES) return 'too_big'
  const parsed = clientFrame.safeParse(jsonOrNull(raw))
  return parsed.success ? parsed.data.type : 'nonsense'
}

export type ReadPublication = z.infer<typeof publication>

/** The API's instruction in a request's body, or null when it is none. Reading stops at the size limit. */
export async function readPublication(request: {
  text(): Promise<string>
  headers: { get(name: string): string | null }
}): Promise<ReadPublication | null> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > PUBLISH_MAX_BYTES) return null
  const body = await request.text()
  if (body.length > PUBLISH_MAX_BYTES) return null
  const parsed = publication.safeParse(jsonOrNull(body))
  return parsed.success ? parsed.data : null
}

export const encodeFrame = (frame: ServerFrame | ReadPublication): string => JSON.stringify(frame)

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
