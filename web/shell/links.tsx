import { createLink } from '@tanstack/react-router'
import { LinkButton } from '#web/ui/button.tsx'
import { StatLink } from '#web/ui/stat.tsx'

/** Router links in the clothes of primitives: `<ButtonLink to="/links" look="primary">`. */
export const ButtonLink = createLink(LinkButton)
export const FigureLink = createLink(StatLink)
