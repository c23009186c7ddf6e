import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CLOSE_CODES } from '#domain/community/chat-frames.ts'
import { ApiError } from '#web/data/api-error.ts'
import { openConnection } from './connection.ts'

/** The browser's side of a line, which opens and closes when the test says so. */
class Wire extends EventTarget {
  static readonly made: Wire[] = []
  readonly url: string
  readyState = 0
  binaryType = 'blob'
  constructor(url: string) {
    super()
    this.url = url
    Wire.made.push(this)
  }
  open(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  say(frame: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
  lose(code: number): void {
    this.readyState = 3
    this.dispatchEvent(new CloseEvent('close', { code }))
  }
  close(): void {
    this.readyState = 3
  }
  send(): void {}
}

const MINUTE = 60_000
let tickets = 0
const seen: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Wire)
  Wire.made.length = 0
  seen.length = 0
  tickets = 0
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
const newest = (): Wire => Wire.made.at(-1)!

/** Lets time pass until the next attempt is made, and opens it; the milliseconds that went by. */
async function returned(): Promise<number> {
  const lines = Wire.made.length
  let ms = 0
  for (; Wire.made.length === lines && ms < 10 * MINUTE; ms += 50) await pass(50)
  newest().open()
  return ms
}

async function opened(ticket: () => Promise<string> = async () => `ws://rooms/1?ticket=${(tickets += 1)}`) {
  const connection = openConnection(ticket, {
    onOpen: () => seen.push('open'),
    onLost: () => seen.push('lost'),
    onClosed: () => seen.push('closed'),
    onFrame: ({ type }) => seen.push(type),
  })
  await pass(1000)
  newest().open()
  return connection
}

describe('a line that the room closed', () => {
  test('comes back soon, each time with a ticket of its own', async () => {
    await opened()
    for (const code of [1006, 1001, CLOSE_CODES.TICKET_INVALID, CLOSE_CODES.TOO_BIG]) {
      newest().lose(code)
      expect(await returned()).toBeLessThan(15_000)
    }
    expect(Wire.made.map(({ url }) => url)).toEqual([1, 2, 3, 4, 5].map((n) => `ws://rooms/1?ticket=${n}`))
    expect(seen.filter((what) => what === 'open')).toHaveLength(5)
  })

  test('for good does not come back, told by a frame or by the close alone', async () => {
    for (const tell of [(wire: Wire) => wire.say({ type: 'bye', code: CLOSE_CODES.ACCESS_LOST }), (wire: Wire) => wire.lose(4403)]) {
      await opened()
      tell(newest())
      const lines = Wire.made.length
      await pass(10 * MINUTE)
      expect(Wire.made).toHaveLength(lines)
      expect(seen.at(-1)).toBe('closed')
    }
  })

  test('because the room was too full or the window too loud stays away for as long as it was asked to', async () => {
    for (const [code, ms] of [
      [CLOSE_CODES.TOO_FAST, 10_000],
      [CLOSE_CODES.FULL, MINUTE],
    ] as const) {
      await opened()
      newest().say({ type: 'bye', code })
      newest().lose(code)
      expect(await returned()).toBeGreaterThanOrEqual(ms)
      newest().lose(1006)
      expect(await returned()).toBeLessThan(ms)
    }
  })

  test('for a newer window of the same person rests until somebody looks at it again', async () => {
    const connection = await opened()
    newest().say({ type: 'bye', code: CLOSE_CODES.REPLACED })
    newest().lose(CLOSE_CODES.REPLACED)
    await pass(10 * MINUTE)
    expect([tickets, seen]).toEqual([1, ['open', 'lost']])
    connection.resume()
    await returned()
    expect([tickets, seen]).toEqual([2, ['open', 'lost', 'open']])
    connection.resume()
    await pass(MINUTE)
    expect(tickets).toBe(2)
    newest().lose(1006)
    await returned()
    expect(tickets).toBe(3)
  })

  test('whose session is over learns it from the API and ends', async () => {
    let isOver = false
    await opened(async () => {
      tickets += 1
      if (isOver) throw new ApiError('unauthorized', 401, '', {})
      return 'ws://rooms/1'
    })
    isOver = true
    newest().lose(CLOSE_CODES.TICKET_INVALID)
    await pass(10 * MINUTE)
    expect([tickets, seen.at(-1)]).toEqual([2, 'closed'])
  })

  test('nothing goes on after the page has left', async () => {
    const connection = await opened()
    newest().lose(CLOSE_CODES.FULL)
    connection.close()
    await pass(10 * MINUTE)
    expect([tickets, Wire.made.length]).toEqual([1, 1])
    connection.resume()
    await pass(10 * MINUTE)
    expect(tickets).toBe(1)
  })
})
