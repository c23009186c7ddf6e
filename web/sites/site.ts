import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { Platform } from '#domain/base/enums.ts'
import type { Me } from '#web/data/me.ts'
import type { NavItem } from '#web/ui/app-shell.tsx'
import type { Pages } from './page.ts'

/** What people know a site by. */
export interface Sign {
  /** The name that people read, which is also the platform's. */
  name: Platform
  Mark: ComponentType
}

/** What one site is beside the other, for the frame and the router that both share. */
export interface Site extends Sign {
  pages: Pages
  /** Doors that hang on somebody's data, among those of the table. */
  doors?: {
    /** Begins to ask for what they hang on. */
    load: (queryClient: QueryClient) => void
    useDoors: (user: Me['user'], own: readonly NavItem[]) => readonly NavItem[]
  }
}
