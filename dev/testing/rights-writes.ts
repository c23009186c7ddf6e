import { getTableColumns, getTableName } from 'drizzle-orm'
import {
  channels,
  communities,
  communityMembers,
  customers,
  productAccess,
  stamSessions,
  stamUsers,
  weoktoSessions,
  weoktoUsers,
} from '#db/schema/all.ts'

/** What a right to read rests on: the tables that `loadSession` and the facts of a channel are read from. */
const TABLES = { weoktoSessions, stamSessions, weoktoUsers, stamUsers, customers, communityMembers, communities, channels, productAccess }

/** The columns of these that decide nothing about reading. All others do, so that a new column is asked about until somebody has said. */
const DECIDE_NOTHING: Readonly<Record<keyof typeof TABLES, readonly string[]>> = {
  weoktoSessions: ['lastSeenAt', 'authenticatedAt', 'ip', 'userAgent', 'visitorHash', 'createdAt'],
  stamSessions: ['lastSeenAt', 'authenticatedAt', 'ip', 'userAgent', 'visitorHash', 'createdAt'],
  weoktoUsers: [
    ...['email', 'displayName', 'avatarUrl', 'bio', 'createdAt', 'updatedAt', 'lastLoginAt', 'emailVerifiedAt', 'locale'],
    ...['firstCommissionAt', 'totalRefunds', 'refundRate', 'riskLevel', 'pearlBalance', 'pearlsEarned', 'pearlsSpent'],
  ],
  stamUsers: ['email', 'displayName', 'avatarUrl', 'bio', 'createdAt', 'updatedAt', 'lastLoginAt', 'emailVerifiedAt', 'locale'],
  customers: Object.keys(getTableColumns(customers)).filter(
    (column) => !['status', 'stamUserId', 'weoktoUserId', 'productId'].includes(column),
  ),
  communityMembers: [
    ...['email', 'displayName', 'avatarUrl', 'mutedUntil', 'joinedAt', 'createdAt', 'updatedAt'],
    ...['lastActiveAt', 'lastReadAt', 'currentProductId'],
  ],
  communities: Object.keys(getTableColumns(communities)).filter((column) => !['platform', 'isActive'].includes(column)),
  channels: ['name', 'slug', 'description', 'position', 'createdAt', 'createdBy', 'lastSeq', 'slowModeSeconds', 'isReadOnly', 'categoryId'],
  productAccess: ['name', 'description', 'createdAt', 'updatedAt'],
}

const NAMES = new Map<string, keyof typeof TABLES>(
  Object.entries(TABLES).map(([name, table]) => [getTableName(table), name as keyof typeof TABLES]),
)
const isOurs = (name: string): name is keyof typeof TABLES => name in TABLES

const UNREADABLE = 'unreadable'

/** What a text writes that a right rests on, such as "customers.status" or "stamSessions (deleted)". It reads the two ways in which we write. */
export function rightsWrittenIn(text: string): string[] {
  const written = [...text.matchAll(/\.(update|delete|insert)\(\s*(\w+)\s*\)/g), ...text.matchAll(RAW)].flatMap((head) => {
    const [, verb = '', first = '', second = ''] = head
    const rest = text.slice(head.index + head[0].length)
    const isRaw = !head[0].startsWith('.')
    return tablesNamed(first || second, text).flatMap((table) =>
      writtenBy(verb.toLowerCase(), table, isRaw ? setOfSql(rest) : setOf(rest, text)),
    )
  })
  return [...new Set(written)].toSorted()
}

/** `update x`, `delete from x` and `insert into x`, where x is a name or a table put into the template. */
const RAW = /\b(update|delete|insert)\s+(?:from\s+|into\s+)?(?:only\s+)?(?:\$\{(\w+)\}|"?([a-z_]+)"?)(?=\s)/gi

/** The tables that a name may stand for: itself, its SQL name, or what a constant of that name was made of. */
function tablesNamed(name: string, text: string): (keyof typeof TABLES)[] {
  if (isOurs(name)) return [name]
  const known = NAMES.get(name)
  if (known) return [known]
  const made = [
    ...text.matchAll(new RegExp(`\\b(?:const|let)\\s+\\[?[\\w, ]*\\b${name}\\b[\\w, ]*\\]?\\s*=([^\\n]*(?:\\n\\s+[?:][^\\n]*)*)`, 'g')),
  ]
  return [...new Set(made.flatMap(([, value = '']) => value.match(/\w+/g) ?? []))].filter(isOurs)
}

function writtenBy(verb: string, table: keyof typeof TABLES, set: string | null): string[] {
  if (verb === 'delete') return [`${table} (deleted)`]
  // A row that is new takes nothing from anybody; one that was there already is changed.
  if (set === null) return verb === 'insert' ? [] : [`${table} (unreadable)`]
  const deciding = Object.keys(getTableColumns(TABLES[table])).filter(
    (column) => column !== 'id' && !DECIDE_NOTHING[table].includes(column),
  )
  const unread = /\.\.\.\s*\w/.test(set) || set === UNREADABLE ? [`${table} (unreadable)`] : []
  return deciding
    .filter((column) => new RegExp(`\\b${column}\\b"?\\s*(?:[:=,}]|$)`).test(set))
    .map((column) => `${table}.${column}`)
    .concat(unread)
}

/** What a builder sets: its own `.set(…)`, or that of its `onConflictDoUpdate`; null when there is none or it cannot be read. */
function setOf(rest: string, text: string): string | null {
  const chain = rest.slice(0, chainEnd(rest))
  const [, name, literal] =
    /\.set\(\s*(?:(\w+)\s*\)|(?=(\{)))/.exec(chain) ?? /\bset(?::\s*(\w+)|:\s*(?=(\{))|(?=\s*[,}]))/.exec(chain) ?? []
  if (!/\.set\(|onConflictDoUpdate/.test(chain)) return null
  if (literal) return balanced(chain.slice(chain.search(/(?:\.set\(\s*|\bset:\s*)\{/)), '{', '}')
  const values = [...text.matchAll(new RegExp(`const\\s+${name ?? 'set'}\\s*(?::[^=]+)?=\\s*\\{`, 'g'))]
  if (values.length === 0) return UNREADABLE
  return values.map((value) => balanced(text.slice(value.index), '{', '}')).join('\n')
}

function setOfSql(rest: string): string | null {
  const statement = rest.split('`')[0] ?? ''
  const [, set = null] = /\bset\b([\s\S]*?)(?:\bwhere\b|\bfrom\b|\breturning\b|$)/i.exec(statement) ?? []
  return set
}

/** Where a chain of calls ends: at the first line or comma outside of it that goes on with no further call. */
function chainEnd(rest: string): number {
  let at = 0
  for (;;) {
    const call = /^\s*\.\w+\(/.exec(rest.slice(at))
    if (!call) return at
    at += call[0].length - 1 + balanced(rest.slice(at + call[0].length - 1), '(', ')').length
  }
}

/** From the first opening mark to the one that closes it. */
function balanced(text: string, open: string, close: string): string {
  const start = text.indexOf(open)
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === open) depth += 1
    if (text[at] === close && (depth -= 1) === 0) return text.slice(start, at + 1)
  }
  return text.slice(start)
}
