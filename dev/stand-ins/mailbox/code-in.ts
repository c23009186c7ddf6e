/** The code of a mail: six digits on a line of their own in its plain text. Empty when there is none. */
export function codeIn(text: string | null | undefined): string {
  return /^\s*(\d{6})\s*$/m.exec(text ?? '')?.[1] ?? ''
}
