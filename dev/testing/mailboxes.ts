import type { Letters } from '#dev/stand-ins/mailbox/mails.ts'

/** Where the mail of each site lies, by its origin: a buyer of whatever test looks for the code of their checkout there. */
const boxes = new Map<string, Letters>()

export function openMailbox(origins: readonly string[], letters: Letters): void {
  for (const origin of origins) boxes.set(new URL(origin).origin, letters)
}

export function closeMailbox(origins: readonly string[]): void {
  for (const origin of origins) boxes.delete(new URL(origin).origin)
}

export function mailboxAt(origin: string): Letters {
  const letters = boxes.get(origin)
  if (!letters) throw new Error(`No mailbox is known for ${origin}.`)
  return letters
}
