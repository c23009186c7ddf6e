import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SqlRequest } from '#dev/stand-ins/neon/request.ts'

interface FrontSettings {
  counter: Int32Array
  recording: Int32Array
  tripMs: number
}

export interface CountingFront {
  port: number
  url: string
  endpoint: string
  /** Requests since the start; each is one round trip. */
  count(): number
  /** Runs something and returns the requests that it sent meanwhile. */
  record(run: () => Promise<unknown>): Promise<SqlRequest[]>
  stop(): Promise<void>
}

export function isFrontSettings(value: unknown): value is FrontSettings {
  return typeof value === 'object' && value !== null && 'counter' in value && value.counter instanceof Int32Array
}

/** Starts the front on its own thread; it counts what it is asked, in memory that both threads see. */
export async function startFront(tripMs: number): Promise<CountingFront> {
  const [counter, recording] = [new Int32Array(new SharedArrayBuffer(4)), new Int32Array(new SharedArrayBuffer(4))]
  const worker = new Worker(new URL('./front-thread.ts', import.meta.url), {
    workerData: { counter, recording, tripMs } satisfies FrontSettings,
  })
  const recorded: SqlRequest[] = []
  const [{ port }]: [{ port: number }] = (await once(worker, 'message')) as [{ port: number }]
  worker.on('message', (message: { recorded: SqlRequest }) => recorded.push(message.recorded))
  const gone = once(worker, 'exit')
  const stop = async (): Promise<void> => {
    worker.postMessage('stop')
    await gone
  }
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    endpoint: `http://127.0.0.1:${port}/sql`,
    count: () => Atomics.load(counter, 0),
    record: async (run) => {
      recorded.length = 0
      Atomics.store(recording, 0, 1)
      await run()
      // What was posted before the answer arrives before this turn of the loop ends.
      await new Promise((resolve) => setTimeout(resolve, 50))
      Atomics.store(recording, 0, 0)
      return [...recorded]
    },
    stop,
  }
}
