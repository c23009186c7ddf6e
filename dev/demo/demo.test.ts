import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '#dev/environment/chromium.ts'
import { playMainJob } from './main-job.ts'
import { startEnvironment, type Environment } from '#dev/environment/environment.ts'
import { Teller } from './teller.ts'

let environment: Environment
let browser: Browser
const folder = mkdtempSync(join(tmpdir(), 'weokto-demo-pictures-'))

beforeAll(async () => {
  ;[environment, browser] = await Promise.all([startEnvironment({ seed: true, fast: true }), launchChromium()])
}, 180_000)
afterAll(async () => {
  await browser.close()
  await environment.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

test('the main job works in a browser, from the click to the matured commission, at both widths and for everybody', async () => {
  const told: string[] = []
  const teller = new Teller(folder, (line) => told.push(line))
  await playMainJob({ browser, environment, teller, run: Date.now().toString(36) }).catch((error: unknown) => {
    throw new Error(told.join('\n'), { cause: error })
  })
  expect(teller.results.map(({ ok }) => ok)).toEqual(Array.from({ length: 13 }, () => true))
  expect(readdirSync(folder).length).toBeGreaterThanOrEqual(40)
}, 300_000)
