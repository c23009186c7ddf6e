import type { CSSProperties, ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'

type Size = CSSProperties & { '--width': string; '--height': string }

/** One block of the size of what it stands for, so that nothing moves when that arrives. */
export function Skeleton({ width = '100%', height = '1em' }: { width?: string; height?: string }) {
  const size: Size = { '--width': width, '--height': height }
  return <span className="ui-skeleton" style={size} aria-hidden="true" />
}

/** Names a group of skeletons once: a screen reader hears « Chargement », not twenty boxes. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div aria-busy="true">
      <output className="ui-hidden">{m.base_loading()}</output>
      {children}
    </div>
  )
}

export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <div className="ui-stack">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} width={line === lines - 1 ? '60%' : '100%'} />
      ))}
    </div>
  )
}

export function SkeletonRows({ rows = 5 }: { rows?: number }) {
  return (
    <div className="ui-stack">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height="2.75rem" />
      ))}
    </div>
  )
}

/** The shape of a page of figures: title, four figures, one card. */
export function SkeletonPage() {
  return (
    <Loading>
      <div className="ui-stack">
        <Skeleton width="14rem" height="2.5rem" />
        <div className="ui-grid">
          {[0, 1, 2, 3].map((card) => (
            <Skeleton key={card} height="7rem" />
          ))}
        </div>
        <Skeleton height="18rem" />
      </div>
    </Loading>
  )
}
