import { createServer } from 'node:net'
import { PlainError } from './plain-error.ts'

/**
 * A port of the loopback interface that nobody listens on at this moment.
 * Another program may take it before it is used, so callers that can retry should.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port was given'))))
    })
  })
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
