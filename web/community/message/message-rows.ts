import type { MessageView } from '#domain/community/chat-frames.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { BUSINESS_TIME_ZONE } from '#web/ui/format.ts'

export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: 'unread' }
  | { kind: 'message'; key: string; message: MessageView; isHead: boolean }

/** Messages of one person within this time stand under one name. */
const GROUP_MS = 5 * 60_000

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: BUSINESS_TIME_ZONE })
/** The Paris day of an instant, as 2027-01-06. */
export const dayOf = (at: string | number): string => dayFormat.format(new Date(at))

/** The rows of a channel: a line for each day, one before the first unread message, and who speaks told once per group. */
export function messageRows(messages: readonly MessageView[], dividerAfter: number | null): Row[] {
  const rows: Row[] = []
  let before: MessageView | null = null
  for (const message of messages) {
    const isNewDay = !before || dayOf(before.createdAt) !== dayOf(message.createdAt)
    const isFirstUnread = dividerAfter !== null && message.seq > dividerAfter && (!before || before.seq <= dividerAfter)
    if (isNewDay) rows.push({ kind: 'day', key: `day ${dayOf(message.createdAt)}`, at: message.createdAt })
    if (isFirstUnread) rows.push({ kind: 'unread', key: 'unread' })
    const isHead = isNewDay || isFirstUnread || !before || !continues(before, message)
    rows.push({ kind: 'message', key: message.id, message, isHead })
    before = message
  }
  return rows
}

function continues(before: MessageView, message: MessageView): boolean {
  const gap = Date.parse(message.createdAt) - Date.parse(before.createdAt)
  return before.author.memberId === message.author.memberId && message.replyTo === null && gap < GROUP_MS
}

/** How someone is called when they gave no name. */
export const nameOf = (person: { displayName: string | null }): string => person.displayName ?? m.community_chat_member()
