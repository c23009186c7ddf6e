import { RIGHTS_EVERY_MS, type TicketClaims } from '#domain/community/chat-frames.ts'
import type { RoomHost, RoomSocket } from './channel.ts'

/** The most keys that the storage deletes in one call. */
const DELETED_AT_ONCE = 128

/** An open socket as both libraries hand it out; what `state` holds is kept with it while the room sleeps. */
interface Connection {
  readonly id: string
  readonly state: TicketClaims | null
  send(text: string): void
  close(code: number, reason: string): void
}

/** What a room uses of a Durable Object's storage. */
export interface RoomStorage {
  get<T>(key: string): Promise<T | undefined>
  put(key: string, value: number): Promise<void>
  delete(keys: string[]): Promise<number>
  list<T>(options: { prefix: string; limit: number }): Promise<Map<string, T>>
  getAlarm(): Promise<number | null>
  setAlarm(at: number): Promise<void>
}

interface Place {
  connections: () => Iterable<Connection>
  storage: RoomStorage
  /** `RIGHTS_EVERY_MS` among them: a deployment may ask more often, and tests do not wait for five minutes. */
  settings: Readonly<Record<string, unknown>>
  lostRights: RoomHost['lostRights']
}

/** A Durable Object in the words of the room, whichever library stands between the two. */
export function roomHost({ connections, storage, settings, lostRights }: Place): RoomHost {
  const everyMs = Number(settings['RIGHTS_EVERY_MS']) || RIGHTS_EVERY_MS
  return {
    *sockets() {
      for (const connection of connections()) yield asSocket(connection)
    },
    now: () => Date.now(),
    after: (ms, work) => void setTimeout(work, ms),
    async checkLater() {
      if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + everyMs)
    },
    lostRights,
    memory: {
      get: (key) => storage.get<number>(key),
      put: (key, value) => storage.put(key, value),
      async forgetBelow(prefix, value) {
        for (;;) {
          const kept = await storage.list<number>({ prefix, limit: DELETED_AT_ONCE })
          const old = [...kept].filter(([, at]) => at < value).map(([key]) => key)
          if (old.length > 0) await storage.delete(old)
          if (old.length < DELETED_AT_ONCE) return
        }
      },
    },
  }
}

export function asSocket(connection: Connection): RoomSocket {
  return {
    id: connection.id,
    claims: connection.state,
    send: (text) => connection.send(text),
    close: (code, reason) => connection.close(code, reason),
  }
}
