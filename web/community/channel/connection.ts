import ReconnectingSocket from 'partysocket/ws'
import { CLOSE_CODES, awayAfterClose, isFinalClose, type ServerFrame } from '#domain/community/chat-frames.ts'
import { ApiError } from '#web/data/api-error.ts'

export interface ConnectionEvents {
  onOpen(): void
  /** The line is down; another attempt follows, by itself or with `resume`. */
  onLost(): void
  /** No attempt follows: access is lost, or the session is over. */
  onClosed(): void
  onFrame(frame: ServerFrame): void
}

export interface Connection {
  send(text: string): void
  /** Somebody looks at this window: a line that gave way to a newer window is taken back. */
  resume(): void
  close(): void
}

/** Answers that another try would not change. */
const FINAL_STATUSES = new Set([401, 403, 404, 410])
const MAX_SPREAD_MS = 5_000

/**
 * A socket that comes back by itself, with a fresh ticket each time. When a room restarts, all its readers lose their line in the
 * same instant: each waits a random while of its own, longer with each attempt, as the library adds no chance by itself.
 */
export function openConnection(socketUrl: () => Promise<string>, events: ConnectionEvents): Connection {
  let attempt = 0
  let awayMs = 0
  let state: 'live' | 'resting' | 'over' = 'live'
  const stop = (how: 'resting' | 'over'): void => {
    if (state !== 'live') return
    state = how
    socket.close()
    if (how === 'over') events.onClosed()
    else events.onLost()
  }
  const end = (): void => stop('over')
  /** What the room said, in a frame before it closes or by the close itself; some runtimes bring one of the two late. */
  const hearBye = (code: number): void => {
    if (isFinalClose(code)) end()
    // With all windows coming back at once they would drive one another out for ever.
    else if (code === CLOSE_CODES.REPLACED) stop('resting')
    else awayMs = Math.max(awayMs, awayAfterClose(code))
  }
  const nextUrl = async (): Promise<string> => {
    const spread = Math.random() * Math.min(MAX_SPREAD_MS, attempt * 500)
    attempt += 1
    await new Promise((resolve) => setTimeout(resolve, awayMs + spread))
    awayMs = 0
    if (state !== 'live') throw new Error('Nobody waits for this line.')
    try {
      return await socketUrl()
    } catch (error) {
      if (error instanceof ApiError && FINAL_STATUSES.has(error.status)) end()
      throw error
    }
  }
  const socket = new ReconnectingSocket(nextUrl, null, {
    minReconnectionDelay: 400,
    maxReconnectionDelay: 10_000,
    reconnectionDelayGrowFactor: 1.7,
    connectionTimeout: 8_000,
    // What is said while the line is down is only typing; messages go through the API and have an outbox of their own.
    maxEnqueuedMessages: 0,
    shouldReconnectOnClose: ({ code }) => state === 'live' && !isFinalClose(code) && code !== CLOSE_CODES.REPLACED,
  })
  socket.addEventListener('open', () => {
    attempt = 0
    events.onOpen()
  })
  socket.addEventListener('close', ({ code }) => {
    hearBye(code)
    if (state === 'live') events.onLost()
  })
  socket.addEventListener('message', ({ data }) => {
    const frame = readFrame(data)
    if (frame?.type === 'bye') hearBye(frame.code)
    else if (frame) events.onFrame(frame)
  })
  return {
    send: (text) => void socket.send(text),
    resume: () => {
      if (state !== 'resting') return
      state = 'live'
      socket.reconnect()
    },
    close: () => {
      state = 'over'
      socket.close()
    },
  }
}

const FRAME_TYPES = new Set(['events', 'typing', 'presence', 'bye'])

// The room is ours and writes no other frames; one that a newer room adds is left alone.
function readFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null
  try {
    const frame: ServerFrame = JSON.parse(data)
    return FRAME_TYPES.has(frame.type) ? frame : null
  } catch {
    return null
  }
}
