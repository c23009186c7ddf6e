import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { PlainError } from '#dev/plain-error.ts'

/** Lets a server listen on the loopback interface and returns its port; 0 takes a free one. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'))
      else resolve(address.port)
    })
  })
}

/** Below what Linux (32,768 on) and other systems give to outgoing connections: of those one could hold the port when it is wanted again. */
const FIRST = 15_000
const LAST = 31_999
const TRIES = 100

/**
 * A port of the loopback interface that nobody listens on at this moment.
 * Another program may take it before it is used, so callers that can retry should.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST, LAST + 1)
    if (await isFree(port)) return port
  }
  throw new PlainError(`No port from ${FIRST} to ${LAST} is free on this machine.`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    await listen(server, port)
  } catch {
    return false
  }
  await new Promise((resolve) => server.close(resolve))
  return true
}

/** Fails with one sentence when something already listens on the port; `part` and `variable` say what to change. */
export function mustBeFree(port: number, part: string, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is busy' : `cannot be used (${error.code ?? error.message})`
      reject(new PlainError(`Port ${port}, needed by ${part}, ${why}: free it or set ${variable} to another one.`))
    })
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()))
  })
}
