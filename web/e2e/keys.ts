import type { CDPSession, Page } from 'playwright-core'

const KEYS = {
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Space: { key: ' ', code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
  ArrowDown: { code: 'ArrowDown', windowsVirtualKeyCode: 40 },
  ArrowUp: { code: 'ArrowUp', windowsVirtualKeyCode: 38 },
  ArrowRight: { code: 'ArrowRight', windowsVirtualKeyCode: 39 },
  ArrowLeft: { code: 'ArrowLeft', windowsVirtualKeyCode: 37 },
  Home: { code: 'Home', windowsVirtualKeyCode: 36 },
  End: { code: 'End', windowsVirtualKeyCode: 35 },
  Escape: { code: 'Escape', windowsVirtualKeyCode: 27 },
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9 },
}

type Stroke = { key?: string; code?: string; windowsVirtualKeyCode?: number; text?: string }

const strokes = new Map<string, Stroke>(Object.entries(KEYS))

const BUSY_FOR = 300

/** Every key is in the browser's hands while the page is busy with something else, so that it meets them all at once: nobody types faster. */
export class QuickKeys {
  readonly #page: Page
  readonly #session: CDPSession
  private constructor(page: Page, session: CDPSession) {
    this.#page = page
    this.#session = session
  }

  static async on(page: Page, slowedBy = 1): Promise<QuickKeys> {
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowedBy })
    return new QuickKeys(page, session)
  }

  async press(...names: readonly string[]): Promise<void> {
    const busy = this.#page.evaluate((until) => {
      const began = performance.now()
      while (performance.now() - began < until);
    }, BUSY_FOR)
    await Promise.all([busy, ...names.flatMap((name) => [this.#send('keyDown', name), this.#send('keyUp', name)])])
  }

  #send(type: 'keyDown' | 'keyUp', name: string) {
    const { text, ...key } = { key: name, ...(strokes.get(name) ?? { text: name }) }
    const carries = type === 'keyDown' && text !== undefined ? { text } : {}
    return this.#session.send('Input.dispatchKeyEvent', {
      type: type === 'keyDown' && text === undefined ? 'rawKeyDown' : type,
      ...key,
      ...carries,
    })
  }
}
