import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** So near to the end the reader is taken to follow the conversation. */
const NEAR_END_PX = 72
/** Older messages are fetched before the reader reaches the top. */
const NEAR_TOP_PX = 500

interface ScrollOptions {
  firstSeq: number
  /** Changes whenever something stands at the end that was not there before. */
  endKey: string
  onNearTop: () => void
}

interface Scrolling {
  box: RefObject<HTMLOListElement | null>
  /** Whether the newest message is in sight. */
  isAtEnd: boolean
  onScroll: () => void
  toEnd: () => void
}

/**
 * Keeps a list of messages where the reader left it: at the end it follows what arrives, higher up nothing moves,
 * and older messages that are put on top push nothing down. The browser's own anchoring is off (it gives up at the
 * very top, where older messages arrive).
 */
export function useScroll({ firstSeq, endKey, onNearTop }: ScrollOptions): Scrolling {
  const box = useRef<HTMLOListElement>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  // What was true before the change that is being drawn.
  const before = useRef({ firstSeq, endKey, top: 0, height: 0, isAtEnd: true })

  const note = useCallback(() => {
    const list = box.current
    if (!list) return
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX
    before.current = { ...before.current, top: list.scrollTop, height: list.scrollHeight, isAtEnd: atEnd }
    setAtEnd(atEnd)
  }, [])

  const toEnd = useCallback(() => {
    const list = box.current
    if (list) list.scrollTop = list.scrollHeight
    note()
  }, [note])

  useLayoutEffect(() => {
    const list = box.current
    if (!list) return
    const was = before.current
    if (firstSeq < was.firstSeq && was.height > 0) list.scrollTop = was.top + list.scrollHeight - was.height
    else if (was.isAtEnd) list.scrollTop = list.scrollHeight
    Object.assign(before.current, { firstSeq, endKey })
    note()
  }, [firstSeq, endKey, note])

  // A phone's keyboard, a growing draft or a turned screen change the window on the list, not the place in it.
  useLayoutEffect(() => {
    const list = box.current
    if (!list) return undefined
    // What scrolls must be in reach of the keyboard even when nothing in it can be pressed.
    list.tabIndex = 0
    const observer = new ResizeObserver(() => {
      if (before.current.isAtEnd) list.scrollTop = list.scrollHeight
    })
    observer.observe(list)
    return () => observer.disconnect()
  }, [])

  const onScroll = useCallback(() => {
    note()
    if (before.current.top < NEAR_TOP_PX) onNearTop()
  }, [note, onNearTop])

  return { box, isAtEnd, onScroll, toEnd }
}
