import type { CardFields } from './cards.ts'

/** Fills `{{field}}` without encoding anything, as the vault does. Unknown fields become empty. */
export function fill(template: string, fields: CardFields): string {
  return template.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => fields[name] ?? '')
}
