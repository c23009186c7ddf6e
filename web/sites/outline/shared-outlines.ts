import * as m from '#web/i18n/paraglide/messages.js'
import type { Outline } from './outline.ts'

/** Pages that both sites have and anybody may open. The route that catches every other address is the page that is not there. */
export const openOutlines = {
  '/sign-in': { shape: 'form', title: m.identity_signin_title, lead: m.identity_signin_lead },
  '/sign-in/confirm': { shape: 'form' },
  '/pay/$buttonKey': { shape: 'order', frame: 'checkout', asks: ['/api/pay/$buttonKey'] },
  '/checkout/$id': { shape: 'form', frame: 'checkout', asks: ['/api/checkouts/$id'] },
  '/styleguide': { shape: 'text', title: m.styleguide_title, lead: m.styleguide_lead },
  '/$': { shape: 'missing', title: m.base_not_found_title },
} satisfies Record<string, Outline>

export const accountOutline: Outline = { shape: 'list', title: m.overview_title, asks: ['/api/account', '/api/sessions'] }
