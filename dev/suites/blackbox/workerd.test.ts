import { startEdge } from '#dev/environment/edge.ts'
import { blackBox } from './suite.ts'

blackBox({
  name: 'workerd',
  async start(options) {
    const edge = await startEdge(options)
    return { ...edge, hearsTime: true, run: (cron, time) => edge.fire(cron, time) }
  },
})
