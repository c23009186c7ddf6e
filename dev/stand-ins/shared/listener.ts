import { serve, type Asked, type Served, type Told } from './serve.ts'

export type Listener = Served & {
  /** Every request so far, in the order of arrival. */
  heard: Asked[]
  /** Resolves with the n-th request (from 1), or rejects when it has not come in time. */
  nth: (n: number, withinMs?: number) => Promise<Asked>
  /** Answers the next requests at this path with these statuses, then 200 again. */
  answerWith: (path: string, ...statuses: number[]) => void
}

/** The receiving end of webhooks, for tests: a real server that remembers what it was sent. */
export async function listen(): Promise<Listener> {
  const heard: Asked[] = []
  const planned = new Map<string, number[]>()
  const waiting = new Set<() => void>()
  const served = await serve({ port: 0 }, (asked): Promise<Told> => {
    heard.push(asked)
    for (const wake of waiting) wake()
    return Promise.resolve({ status: planned.get(asked.path)?.shift() ?? 200 })
  })
  const nth = (n: number, withinMs = 5000): Promise<Asked> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look)
        reject(new Error(`Only ${heard.length} of ${n} requests came.`))
      }, withinMs)
      const look = (): void => {
        const found = heard[n - 1]
        if (found === undefined) return
        clearTimeout(timer)
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  return { ...served, heard, nth, answerWith: (path, ...statuses) => planned.set(path, statuses) }
}
