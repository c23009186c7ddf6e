import type { Environment } from './environment.ts'
import type { DemoPerson } from './demo-people.ts'

/** The one table that a start ends with. */
export function tableOf(environment: Environment, people: DemoPerson[]): string {
  const places: [string, string][] = [
    ['WEOKTO', environment.weokto],
    ['STAM', environment.stam],
    ['Back office', `${environment.weokto}/admin`],
    ['Mailbox', `${environment.mailUrl}  every sign-in mail arrives here`],
  ]
  const who = people.map((one): [string, string] => [
    ROLES[one.role] ?? one.role,
    `${one.email}  ${one.site === 'weokto' ? 'WEOKTO' : 'STAM'}`,
  ])
  const rows = who.length === 0 ? [places] : [places, who]
  const left = Math.max(...rows.flat().map(([name]) => name.length))
  const right = Math.max(...rows.flat().map(([, text]) => text.length))
  const rule = (a: string, b: string, c: string): string => `${a}${'─'.repeat(left + 2)}${b}${'─'.repeat(right + 2)}${c}`
  const lines = rows.map((group) => group.map(([name, text]) => `│ ${name.padEnd(left)} │ ${text.padEnd(right)} │`).join('\n'))
  return [rule('┌', '┬', '┐'), lines.join(`\n${rule('├', '┼', '┤')}\n`), rule('└', '┴', '┘')].join('\n')
}

/** What whoever starts with nobody needs to become the owner. */
export function openingOf({ weokto, environment }: Environment): string {
  return `Nobody owns this yet: open ${weokto}/setup, prove an e-mail address (its mail arrives in the mailbox above) and paste this set-up key.\n${environment['SETUP_KEY']}`
}

const ROLES: Record<string, string> = {
  OWNER: 'Owner',
  ADMIN: 'Admin',
  PRODUCT_MANAGER: 'Product manager',
  AFFILIATE: 'Affiliate',
  CLIENT: 'Client',
}
