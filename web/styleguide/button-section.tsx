import { useState } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button, IconButton, LinkButton } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { CopyButton } from '#web/ui/copy-button.tsx'

const WORKS_FOR = 2_000

export function ButtonSection() {
  const [busy, setBusy] = useState(false)
  function work() {
    setBusy(true)
    setTimeout(() => setBusy(false), WORKS_FOR)
  }
  return (
    <Card title={m.styleguide_buttons()} id="buttons">
      <div className="ui-stack">
        <div className="ui-row">
          <Button look="primary">{m.styleguide_primary()}</Button>
          <Button>{m.styleguide_secondary()}</Button>
          <Button look="quiet">{m.styleguide_quiet()}</Button>
          <Button look="danger" icon="trash">
            {m.styleguide_danger()}
          </Button>
          <Button look="upgrade" icon="pearl">
            {m.styleguide_upgrade()}
          </Button>
        </div>
        <div className="ui-row">
          <Button look="primary" busy={busy} onClick={work} icon="send">
            {m.styleguide_press()}
          </Button>
          <Button look="primary" busy>
            {m.styleguide_press()}
          </Button>
          <Button disabled>{m.styleguide_disabled()}</Button>
          <LinkButton href="#fields" icon="arrowRight">
            {m.styleguide_link()}
          </LinkButton>
          <CopyButton text="https://weokto.com/r/lea-lumiere" />
        </div>
        <div className="ui-row">
          <Button size="small" icon="plus">
            {m.styleguide_small()}
          </Button>
          <IconButton icon="settings" label={m.styleguide_settings()} />
          <IconButton icon="refresh" look="secondary" label={m.base_retry()} />
          <IconButton icon="edit" look="secondary" size="small" label={m.styleguide_edit()} />
        </div>
        <Button look="primary" size="large" block>
          {m.styleguide_order()}
        </Button>
      </div>
    </Card>
  )
}
