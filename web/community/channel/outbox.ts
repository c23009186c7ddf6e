import type { PendingMessage } from '#domain/community/chat-order.ts'
import { keptEra } from '#web/data/forget-kept.ts'
import { KEPT } from '#web/data/kept-here.ts'

/** After this a message that never left is not worth sending any more. */
const KEPT_MS = 7 * 86_400_000

/** What this browser wrote and the server has not confirmed: it survives a reload, a crash and a closed lid, and leaves with its writer. */
export interface Outbox {
  load(): PendingMessage[]
  save(message: PendingMessage): void
  remove(clientId: string): void
}

/** A browser may refuse storage altogether; then messages live as long as the page. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}

/** One key per message, so that two windows on the same channel never overwrite each other's. */
export function browserOutbox(channelId: string, memberId: string, storage: Storage, now: () => number = Date.now): Outbox {
  const prefix = `${KEPT.drafts}${memberId}/${channelId}/`
  const born = keptEra()
  return {
    load: () =>
      attempt(() => {
        const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter((key) => key.startsWith(prefix))
        const messages = keys.map((key) => readPending(storage.getItem(key))).filter((message) => message !== null)
        const oldest = new Date(now() - KEPT_MS).toISOString()
        for (const { clientId, createdAt } of messages) if (createdAt < oldest) storage.removeItem(prefix + clientId)
        return messages.filter(({ createdAt }) => createdAt >= oldest).toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
      }, []),
    save(message) {
      // Its writer has left: a try that fails now leaves no trace.
      if (born === keptEra()) attempt(() => storage.setItem(prefix + message.clientId, JSON.stringify(message)), undefined)
    },
    remove: (clientId) => attempt(() => storage.removeItem(prefix + clientId), undefined),
  }
}

/** Storage is the reader's to change: what does not look like ours is not ours. */
function readPending(text: string | null): PendingMessage | null {
  const value: unknown = text === null ? null : parsed(text)
  if (typeof value !== 'object' || value === null) return null
  const field = (name: string): string | null => {
    const found: unknown = Reflect.get(value, name)
    return typeof found === 'string' ? found : null
  }
  const [clientId, content, createdAt] = [field('clientId'), field('content'), field('createdAt')]
  if (clientId === null || content === null || createdAt === null) return null
  const status = field('status') === 'failed' ? 'failed' : 'pending'
  return {
    clientId,
    content,
    createdAt,
    replyToId: field('replyToId'),
    status,
    errorCode: field('errorCode'),
    errorText: field('errorText'),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
