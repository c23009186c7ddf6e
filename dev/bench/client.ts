import { connect, type Socket } from 'node:net'

export interface Told {
  status: number
  head: string
  body: string
}

/**
 * One kept-alive connection that sends a request made in advance and waits for its answer. It reads no more of HTTP than answers with a
 * length need, because on a machine that also runs the server every microsecond of the asking is taken from the answering.
 */
export class LoadClient {
  readonly #socket: Socket
  #held = ''
  #waiting: { resolve: (told: Told) => void; reject: (error: Error) => void } | null = null

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('data', (text) => this.#read(String(text)))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')))
  }

  static async open(port: number): Promise<LoadClient> {
    const socket = connect({ host: '127.0.0.1', port })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return new LoadClient(socket)
  }

  ask(request: string): Promise<Told> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#waiting = null
    this.#socket.destroy()
  }

  #read(text: string): void {
    this.#held += text
    const end = this.#held.indexOf('\r\n\r\n')
    if (end === -1) return
    const head = this.#held.slice(0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const whole = end + 4 + length
    if (this.#held.length < whole) return
    const told = { status: Number(head.slice(9, 12)), head, body: this.#held.slice(end + 4, whole) }
    this.#held = this.#held.slice(whole)
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.resolve(told)
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error)
    this.#waiting = null
  }
}

/** A whole request in the bytes that travel. Bodies here are ASCII or escaped, so that characters and bytes agree. */
export function requestText(method: string, path: string, headers: Record<string, string>, body = ''): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const length = method === 'GET' ? [] : [`content-length: ${Buffer.byteLength(body)}`]
  return [`${method} ${path} HTTP/1.1`, ...lines, ...length, '', body].join('\r\n')
}

export interface Drive {
  port: number
  clients: number
  /** The next request, or null when there is no more. */
  next: () => string | null
  /** Throws when an answer is not what it must be: a fast wrong answer is no measurement. */
  check: (told: Told) => void
}

/** Sends requests over several connections at once until there are no more; returns how many and in how many milliseconds. */
export async function drive({ port, clients, next, check }: Drive): Promise<{ count: number; ms: number }> {
  const open = await Promise.all(Array.from({ length: clients }, () => LoadClient.open(port)))
  let count = 0
  const run = async (client: LoadClient): Promise<void> => {
    for (let request = next(); request !== null; request = next()) {
      check(await client.ask(request))
      count += 1
    }
  }
  const began = performance.now()
  try {
    await Promise.all(open.map(run))
    return { count, ms: performance.now() - began }
  } finally {
    for (const client of open) client.close()
  }
}
