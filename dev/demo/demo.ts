import { join } from 'node:path'
import { launchChromium } from '#dev/environment/chromium.ts'
import { ROOT } from '#dev/environment/root.ts'
import { sentenceOf } from '#dev/plain-error.ts'
import { playMainJob } from './main-job.ts'
import { startEnvironment } from '#dev/environment/environment.ts'
import { Teller } from './teller.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/**
 * `npm run demo`: the main job in a real browser, in an environment of its own, because it moves the clock by ninety days and buys until cards are
 * refused; one that runs already is left alone.
 */
async function main(): Promise<boolean> {
  const environment = await startEnvironment({ seed: true, fast: true, onStep: (step) => say(`${step} …`) })
  const teller = new Teller(join(ROOT, '.data/demo'), say)
  try {
    const browser = await launchChromium()
    try {
      await playMainJob({ browser, environment, teller, run: Date.now().toString(36) })
    } finally {
      await browser.close()
    }
  } catch (error) {
    // A step that failed has told its own story.
    if (teller.results.every(({ ok }) => ok)) say(`✗ ${sentenceOf(error)}`)
    return false
  } finally {
    await environment.stop()
    const done = teller.results.filter(({ ok }) => ok).length
    say(`\n${done} of ${teller.results.length} steps as they should be; pictures in .data/demo/`)
  }
  return true
}

main().then(
  (isRight) => process.exit(isRight ? 0 : 1),
  (error: unknown) => {
    say(`✗ ${sentenceOf(error)}`)
    process.exit(1)
  },
)
