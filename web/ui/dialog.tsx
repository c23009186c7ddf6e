import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'

export type DialogProps = {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  wide?: boolean
  /** While something irreversible runs, neither Escape nor a click beside closes it. */
  locked?: boolean
}

/** The browser's own modal dialog: focus, Escape, inertness of the page and top layer come with it. */
export function Dialog({ open, onClose, title, children, footer, wide = false, locked = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // With the drawing itself and not after it: no key may fall between what is open and what has the focus.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element || !open) return undefined
    element.showModal()
    return () => element.close()
  }, [open])
  useEffect(() => {
    const element = dialog.current
    if (!element || locked) return undefined
    // The dialog's own box is hit only beside its content, on the backdrop.
    const pressBeside = (event: MouseEvent) => event.target === element && onClose()
    element.addEventListener('mousedown', pressBeside)
    return () => element.removeEventListener('mousedown', pressBeside)
  }, [locked, onClose])
  return (
    <dialog
      ref={dialog}
      className={classNames('ui-dialog', wide && 'ui-dialog--wide')}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        if (!locked) onClose()
      }}
    >
      {open && (
        <div>
          <div className="ui-dialog__head">
            <h2 id={titleId}>{title}</h2>
            <IconButton icon="close" label={m.base_close()} onClick={onClose} disabled={locked} />
          </div>
          <div className="ui-dialog__body">{children}</div>
          {footer && <div className="ui-dialog__foot">{footer}</div>}
        </div>
      )}
    </dialog>
  )
}
