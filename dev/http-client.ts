import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, WebSocket, fetch, type BodyInit, type RequestInit, type Response } from 'undici'

/** Browsers take every name under "localhost" for this machine (RFC 6761); Node asks the DNS, which does not know it. */
const resolve: LookupFunction = (hostname, options, callback) => {
  if (hostname !== 'localhost' && !hostname.endsWith('.localhost')) return lookup(hostname, options, callback)
  if (options.all === true) return callback(null, [{ address: '127.0.0.1', family: 4 }])
  callback(null, '127.0.0.1', 4)
}

const agent = new Agent({ connect: { lookup: resolve }, connections: 128, keepAliveTimeout: 4_000 })

/** `fetch` for tests and development that reaches http://weokto.localhost:8787 and its kin. Redirects are shown, not followed. */
export function request(url: string | URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { redirect: 'manual', ...init, dispatcher: agent })
}

/** A WebSocket that reaches the same names. */
export const openSocket = (url: string): WebSocket => new WebSocket(url, { dispatcher: agent })

export interface PersonInit extends Omit<RequestInit, 'body' | 'headers'> {
  headers?: Record<string, string>
  body?: BodyInit
  /** Sent as a JSON body. */
  json?: unknown
}

/**
 * One person in one browser on one site: keeps their cookies and sends the Origin that a browser would send with
 * an unsafe request.
 */
export class Person {
  readonly origin: string
  readonly cookies = new Map<string, string>()
  /** Sent with every request, as the edge in front of the app adds them. */
  readonly #edge: Record<string, string>

  constructor(origin: string, edge: Record<string, string> = {}) {
    this.origin = new URL(origin).origin
    this.#edge = edge
  }

  async fetch(path: string, init: PersonInit = {}): Promise<Response> {
    const { json, headers: own, ...rest } = init
    const method = rest.method ?? (json === undefined ? 'GET' : 'POST')
    const headers: Record<string, string> = { ...this.#edge }
    if (this.cookies.size > 0) headers['cookie'] = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (method !== 'GET' && method !== 'HEAD') headers['origin'] = this.origin
    if (json !== undefined) headers['content-type'] = 'application/json'
    const body = json === undefined ? {} : { body: JSON.stringify(json) }
    const response = await request(new URL(path, this.origin), { ...rest, ...body, method, headers: { ...headers, ...own } })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  get = (path: string, init?: PersonInit): Promise<Response> => this.fetch(path, { ...init, method: 'GET' })
  post = (path: string, json: unknown, init?: PersonInit): Promise<Response> => this.fetch(path, { ...init, json, method: 'POST' })

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const name = pair.slice(0, pair.indexOf('='))
    const ended = attributes.some((one) => /^max-age=(0|-\d+)$/i.test(one) || isPast(one))
    if (ended) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1))
  }
}

function isPast(attribute: string): boolean {
  const [, date] = /^expires=(.*)$/i.exec(attribute) ?? []
  return date !== undefined && Date.parse(date) <= Date.now()
}
