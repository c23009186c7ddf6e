import { useEffect, useState } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { ProgressBar } from '#web/ui/progress-bar.tsx'
import { Loading, Skeleton, SkeletonRows, SkeletonText } from '#web/ui/skeleton.tsx'
import { EmptyState, ErrorState, Notice } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toasts.tsx'

const WORKS_FOR = 1_500

export function FeedbackSection() {
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (!busy) return undefined
    const timer = setTimeout(() => setBusy(false), WORKS_FOR)
    return () => clearTimeout(timer)
  }, [busy])
  return (
    <Card title={m.styleguide_feedback()} id="feedback">
      <div className="ui-stack">
        <div className="ui-row">
          <Badge>{m.styleguide_draft()}</Badge>
          <Badge tone="success" icon="check">
            {m.styleguide_matured()}
          </Badge>
          <Badge tone="info">{m.styleguide_locked_status()}</Badge>
          <Badge tone="warning">{m.styleguide_held()}</Badge>
          <Badge tone="danger">{m.styleguide_clawed()}</Badge>
          <Badge tone="accent">{m.styleguide_new()}</Badge>
          <Badge tone="upgrade" icon="pearl">
            {m.styleguide_pearl_count()}
          </Badge>
        </div>
        <div className="ui-row">
          <Button onClick={() => toast(m.styleguide_saved())}>{m.styleguide_toast()}</Button>
          <Button onClick={() => toast(m.styleguide_opened(), 'info')}>{m.styleguide_toast_info()}</Button>
        </div>
        <Notice title={m.styleguide_notice_info()}>{m.styleguide_notice_text()}</Notice>
        <Notice tone="success" title={m.styleguide_notice_good()} />
        <Notice tone="warning" title={m.styleguide_notice_warning()}>
          {m.styleguide_notice_warning_text()}
        </Notice>
        <Notice tone="danger">{m.styleguide_notice_danger()}</Notice>
        <ProgressBar label={m.styleguide_export()} value={340} max={800} />
        <div className="ui-grid">
          <Loading>
            <div className="ui-stack">
              <Skeleton width="60%" height="1.6rem" />
              <SkeletonText />
            </div>
          </Loading>
          <Loading>
            <SkeletonRows rows={3} />
          </Loading>
        </div>
        <EmptyState
          icon="link"
          title={m.styleguide_empty_title()}
          action={
            <Button look="primary" icon="plus">
              {m.styleguide_empty_action()}
            </Button>
          }
        >
          {m.styleguide_empty()}
        </EmptyState>
        <ErrorState onRetry={() => setBusy(true)} busy={busy} requestId="7f3a-91c2">
          {m.styleguide_failed()}
        </ErrorState>
      </div>
    </Card>
  )
}
