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
} as const

export type Key = keyof typeof KEYS | (string & {})

function stroke(name: Key) {
  const named = KEYS[name as keyof typeof KEYS] as { key?: string; code: string; windowsVirtualKeyCode: number; text?: string } | undefined
  return named ? { key: name, ...named } : { key: name, text: name }
}

/** Every key is handed over before the browser has answered to the first: nobody types faster. */
export class QuickKeys {
  readonly #session: CDPSession
  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async on(page: Page, slowedBy = 1): Promise<QuickKeys> {
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowedBy })
    return new QuickKeys(session)
  }

  async press(...names: readonly Key[]): Promise<void> {
    await Promise.all(names.flatMap((name) => [this.#send('keyDown', name), this.#send('keyUp', name)]))
  }

  #send(type: 'keyDown' | 'keyUp', name: Key) {
    const { text, ...key } = stroke(name)
    const carries = type === 'keyDown' && text !== undefined ? { text } : {}
    return this.#session.send('Input.dispatchKeyEvent', {
      type: type === 'keyDown' && text === undefined ? 'rawKeyDown' : type,
      ...key,
      ...carries,
    })
  }
}
