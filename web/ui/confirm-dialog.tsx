import type { ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Facts, type Fact } from './facts.tsx'
import { Notice } from './states.tsx'

type ConfirmDialogProps = {
  open: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  /** Every amount that will move, restated before it does. */
  facts: readonly Fact[]
  /** The verb and the amount: « Retirer 120,00 € », never « OK ». */
  confirmLabel: string
  children?: ReactNode
  tone?: 'primary' | 'danger'
  busy?: boolean
  error?: string | undefined
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { busy = false, tone = 'primary' } = props
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      locked={busy}
      footer={
        <>
          <Button onClick={props.onClose} disabled={busy}>
            {m.base_cancel()}
          </Button>
          <Button look={tone} busy={busy} onClick={props.onConfirm}>
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div className="ui-stack">
        {props.children}
        <Facts facts={props.facts} />
        {props.error && <Notice tone="danger">{props.error}</Notice>}
      </div>
    </Dialog>
  )
}
