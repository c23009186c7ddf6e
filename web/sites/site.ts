import type { ComponentType } from 'react'
import type { Platform } from '#domain/base/enums.ts'
import type { Me } from '#web/data/me.ts'
import type { NavItem } from '#web/ui/app-shell.tsx'

/** What one site is beside the other, for the frame and the router that both share. */
export interface Site {
  /** The name that people read, which is also the platform's. */
  name: Platform
  Mark: ComponentType
  /** The doors of whoever is signed in; a hook, because some are counted. */
  useNavigation: (user: Me['user']) => readonly NavItem[]
}
