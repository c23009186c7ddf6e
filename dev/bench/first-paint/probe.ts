/** What the page itself notes while it loads, in milliseconds since the address was opened. */
export interface Noted {
  /** The page's own shape or words stand in the window: no spinner, and nothing of the frame around it. */
  own: number | null
  /** The first words of the page, read rather than guessed. */
  words: number | null
  /** Nothing of it is still a placeholder. */
  whole: number | null
  /** The sum of all shifts that nobody asked for, as the browser counts them (https://web.dev/articles/cls). */
  shift: number
  moved: string[]
}

/**
 * Runs in the page before anything of its own, on each frame. A frame is asked for only once the browser may draw, so what a late stylesheet holds
 * back is not seen early; it is noted at the frame after, by which what was seen has been drawn.
 */
export function probe(): void {
  const noted: Noted = { own: null, words: null, whole: null, shift: 0, moved: [] }
  Object.assign(globalThis, { noted })
  const shown = (element: Element): boolean => {
    const { width, height, top } = element.getBoundingClientRect()
    return width > 1 && height > 1 && top < innerHeight
  }
  const hasWords = (main: Element): boolean =>
    [...main.querySelectorAll('h1, h2, h3, p, li, label, td, th, dt, dd')].some(
      (element) => !element.closest('.ui-hidden') && (element.textContent ?? '').trim().length > 1 && shown(element),
    )
  const now = (name: 'own' | 'words' | 'whole'): void => {
    if (noted[name] === null) requestAnimationFrame((at) => void (noted[name] ??= at))
  }
  const look = (): void => {
    const main = document.querySelector('main')
    const waits = main === null || main.querySelector('.ui-skeleton, [aria-busy="true"]') !== null
    const words = main !== null && hasWords(main)
    const shape = main !== null && [...main.querySelectorAll('.ui-skeleton')].some(shown)
    if (words || shape) now('own')
    if (words) now('words')
    if (words && !waits) now('whole')
    else noted.whole = null
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & Shift)[]) {
      if (entry.hadRecentInput) continue
      noted.shift += entry.value
      for (const { node } of entry.sources)
        noted.moved.push(`${entry.value.toFixed(4)} ${node instanceof Element ? node.outerHTML.slice(0, 80) : '#text'}`)
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

interface Shift {
  value: number
  hadRecentInput: boolean
  sources: { node: Node | null }[]
}
