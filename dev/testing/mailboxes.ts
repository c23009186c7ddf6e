import type { Mails } from '#dev/stand-ins/mailbox/mails.ts'

/** Where the mail of each site lies, by its origin: a buyer of whatever test looks for the code of their checkout there. */
const boxes = new Map<string, Mails>()

export function openMailbox(origins: readonly string[], mails: Mails): void {
  for (const origin of origins) boxes.set(new URL(origin).origin, mails)
}

export function closeMailbox(origins: readonly string[]): void {
  for (const origin of origins) boxes.delete(new URL(origin).origin)
}

export function mailboxAt(origin: string): Mails {
  const mails = boxes.get(origin)
  if (!mails) throw new Error(`No mailbox is known for ${origin}.`)
  return mails
}
