import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { audit } from './audit.ts'

export interface StepResult {
  name: string
  saw: string
  ok: boolean
}

const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 360, height: 780 }

/** Tells each step with what was seen, and keeps a picture of each screen on a desk and on a phone. */
export class Teller {
  readonly results: StepResult[] = []
  readonly #folder: string
  readonly #say: (line: string) => void
  #shots = 0

  constructor(folder: string, say: (line: string) => void) {
    this.#folder = folder
    this.#say = say
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }

  /** One step: what it returns is what it saw; what it throws ends the demo. */
  async step<T>(name: string, act: () => Promise<{ saw: string; value?: T }>): Promise<T | undefined> {
    try {
      const { saw, value } = await act()
      this.results.push({ name, saw, ok: true })
      this.#say(`✓ ${name}\n    ${saw}`)
      return value
    } catch (error) {
      const saw = error instanceof Error ? error.message.split('\n').slice(0, 12).join('\n    ') : String(error)
      this.results.push({ name, saw, ok: false })
      this.#say(`✗ ${name}\n    ${saw}`)
      throw error
    }
  }

  /** The whole page as it stands, at both widths; the window is given back as wide as it was. */
  async picture(page: Page, name: string): Promise<void> {
    this.#shots += 1
    // What loads after the first paint belongs to the picture; a page that never rests is taken as it is.
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined)
    const number = String(this.#shots).padStart(2, '0')
    for (const [width, size] of [
      ['1440', WIDE],
      ['360', PHONE],
    ] as const) {
      await page.setViewportSize(size)
      await page.waitForTimeout(150)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wide > 0) throw new Error(`"${name}" is ${wide} px wider than a window of ${width} px.`)
      const wrong = await audit(page)
      if (wrong.length > 0) throw new Error(`"${name}" at ${width} px cannot be used by everybody: ${wrong.join(' · ')}`)
      await page.screenshot({ path: join(this.#folder, `${number}-${name}-${width}.png`), fullPage: true })
    }
    await page.setViewportSize(WIDE)
  }
}
