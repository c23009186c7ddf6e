import * as m from '#web/i18n/paraglide/messages.js'

/** How someone is called when they gave no name. */
export const nameOf = (person: { displayName: string | null }): string => person.displayName ?? m.chat_member()
