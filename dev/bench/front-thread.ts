import { parentPort, workerData } from 'node:worker_threads'
import { startNeonHttp } from '#dev/stand-ins/neon/server.ts'
import { isFrontSettings } from './front.ts'

/** The database's HTTP front on a thread of its own, so that it does not share one with whoever measures. */
if (parentPort !== null && isFrontSettings(workerData)) {
  const { counter, recording, tripMs } = workerData
  const parent = parentPort
  const front = await startNeonHttp({
    tripMs,
    fault: (request) => {
      Atomics.add(counter, 0, 1)
      if (Atomics.load(recording, 0) === 1) parent.postMessage({ recorded: request })
      return null
    },
  })
  parent.postMessage({ port: front.port })
  parent.once('message', () => void front.stop().then(() => parent.close()))
}
