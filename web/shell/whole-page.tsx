import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { AppShell, type RenderLink } from '#web/ui/app-shell.tsx'
import { SkeletonPage } from '#web/ui/skeleton.tsx'
import { RouteProblem } from './problem.tsx'

const noLink: RenderLink = () => null

/** The frame before anybody is known: the sign and the page, so that nothing moves when the rest arrives. */
function BareFrame({ brand, children }: { brand: ReactNode; children: ReactNode }) {
  return (
    <AppShell brand={brand} renderLink={noLink}>
      {children}
    </AppShell>
  )
}

/** What a site shows while it asks who is here, and when that question gets no answer. */
export function wholePage(brand: ReactNode) {
  return {
    pendingComponent: () => (
      <BareFrame brand={brand}>
        <SkeletonPage />
      </BareFrame>
    ),
    errorComponent: (problem: ErrorComponentProps) => (
      <BareFrame brand={brand}>
        <RouteProblem {...problem} />
      </BareFrame>
    ),
  }
}
