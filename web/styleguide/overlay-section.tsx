import { useState } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Menu } from '#web/ui/menu.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { toast } from '#web/ui/toasts.tsx'

export function OverlaySection() {
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null)
  const [tab, setTab] = useState('summary')
  const close = () => setOpen(null)
  return (
    <Card title={m.styleguide_overlays()} id="overlays">
      <div className="ui-stack">
        <div className="ui-row">
          <Button onClick={() => setOpen('dialog')}>{m.styleguide_open_dialog()}</Button>
          <Button onClick={() => setOpen('confirm')}>{m.styleguide_open_confirm()}</Button>
          <Menu
            label={m.styleguide_menu()}
            items={[
              { key: 'edit', label: m.styleguide_edit(), icon: 'edit', onSelect: () => toast(m.styleguide_edit()) },
              { key: 'copy', label: m.base_copy(), icon: 'copy', onSelect: () => toast(m.base_copied()) },
              { key: 'more', label: m.styleguide_disabled(), icon: 'lock', disabled: true, onSelect: close },
              { key: 'off', label: m.styleguide_danger(), icon: 'trash', tone: 'danger', apart: true, onSelect: close },
            ]}
          />
        </div>
        <Tabs
          label={m.styleguide_tabs()}
          current={tab}
          onTab={setTab}
          tabs={[
            { key: 'summary', label: m.styleguide_tab_summary(), panel: <p>{m.styleguide_tab_summary_text()}</p> },
            { key: 'history', label: m.styleguide_tab_history(), panel: <p>{m.styleguide_tab_history_text()}</p> },
            { key: 'ledger', label: m.styleguide_tab_ledger(), panel: <p>{m.styleguide_tab_ledger_text()}</p> },
          ]}
        />
        <Dialog
          open={open === 'dialog'}
          onClose={close}
          title={m.styleguide_dialog_title()}
          footer={
            <Button look="primary" onClick={close}>
              {m.base_close()}
            </Button>
          }
        >
          <p>{m.styleguide_dialog_text()}</p>
        </Dialog>
        <ConfirmDialog
          open={open === 'confirm'}
          onClose={close}
          onConfirm={() => {
            close()
            toast(m.styleguide_saved())
          }}
          title={m.styleguide_confirm_title()}
          confirmLabel={m.styleguide_confirm_action()}
          facts={[
            { label: m.styleguide_available(), cents: 128_450 },
            { label: m.styleguide_debt(), cents: -1_250 },
            { label: m.styleguide_confirm_total(), cents: 127_200, total: true },
          ]}
        >
          <p>{m.styleguide_confirm_text()}</p>
        </ConfirmDialog>
      </div>
    </Card>
  )
}
