import { useSyncExternalStore } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

type Toast = { id: number; text: string; tone: 'success' | 'info' }

const SHOWN_FOR = 6_000
const AT_MOST = 3

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function dismiss(id: number) {
  set(toasts.filter((toast) => toast.id !== id))
}

/**
 * Says that something was done. An error that needs reading belongs in the page (Notice, Field,
 * ErrorState), where it stays.
 */
export function toast(text: string, tone: Toast['tone'] = 'success') {
  lastId += 1
  const id = lastId
  set([...toasts, { id, text, tone }].slice(-AT_MOST))
  setTimeout(() => dismiss(id), SHOWN_FOR)
}

/** Stands once in the page, before anything is said: a live region must exist to be heard. */
export function Toaster() {
  const now = () => toasts
  const shown = useSyncExternalStore(subscribe, now, now)
  return (
    <output className="ui-toasts" aria-live="polite" aria-label={m.base_toasts()}>
      {shown.map((item) => (
        <span key={item.id} className={classNames('ui-toast', item.tone === 'info' && 'ui-toast--info')}>
          <Icon name={item.tone === 'info' ? 'info' : 'check'} />
          <span>{item.text}</span>
          <IconButton icon="close" size="small" label={m.base_close()} onClick={() => dismiss(item.id)} />
        </span>
      ))}
    </output>
  )
}
