import { sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { PLATFORMS } from '#domain/base/enums.ts'
import type { ChannelFacts } from '#domain/community/chat.ts'
import { MEMBER_ROLES } from '#domain/community/enums.ts'
import type { UserActor } from '#api/context.ts'
import { hasLiveAccess, isChatStaff, isOpenedByProduct, memberJoin, onThisSite, type Asker } from './standing.ts'

/** Where a fact stands among the channel `c`, its community `co`, the member `m` and the person `u`, and how it travels in JSON. */
interface Source {
  column: SQL | ((asker: Asker) => SQL)
  json?: (column: SQL) => SQL
}

const sources = new Map<unknown, Source>()

/** A value that is read from a place in the tables: the schema itself, with that place remembered. */
function from<Schema>(column: Source['column'], schema: Schema, json?: Source['json']): Schema {
  sources.set(schema, json === undefined ? { column } : { column, json })
  return schema
}

/** 64 bits, which JSON would round. */
const asText = (id: SQL): SQL => sql`${id}::text`

/** Milliseconds since 1970, so that nothing depends on how a driver reads a timestamp. */
export const toMs = (instant: SQL): SQL => sql`(extract(epoch from ${instant}) * 1000)::float8`

/** What `toMs` wrote. */
export const msOrNull = () =>
  z.pipe(
    z.nullable(z.number()),
    z.transform((ms) => (ms === null ? null : new Date(ms))),
  )

/**
 * What the database says about a person and a channel. Each fact has its place in the tables beside it: the statements, the JSON and the type are
 * made from this one list.
 */
export const FactsRow = z.object({
  channelId: from(sql`c.id`, z.string(), asText),
  communityId: from(sql`c."communityId"`, z.string()),
  platform: from(sql`co.platform`, z.enum(PLATFORMS)),
  communityIsActive: from(sql`co."isActive"`, z.boolean()),
  lastSeq: from(sql`c."lastSeq"`, z.int()),
  isPrivate: from(sql`c."isPrivate"`, z.boolean()),
  isReadOnly: from(sql`c."isReadOnly"`, z.boolean()),
  isArchived: from(sql`c."archivedAt" is not null`, z.boolean()),
  slowModeSeconds: from(sql`c."slowModeSeconds"`, z.int()),
  memberId: from(sql`m.id`, z.nullable(z.string())),
  role: from(sql`m.role`, z.nullable(z.enum(MEMBER_ROLES))),
  displayName: from(sql`coalesce(m."displayName", u."displayName")`, z.nullable(z.string())),
  memberIsActive: from(sql`m."isActive"`, z.nullable(z.boolean())),
  bannedAt: from(sql`m."bannedAt"`, msOrNull(), toMs),
  mutedUntil: from(sql`m."mutedUntil"`, msOrNull(), toMs),
  hasLiveAccess: from(hasLiveAccess, z.boolean()),
  isOpenedByProduct: from(isOpenedByProduct, z.boolean()),
})
export type FactsRow = z.infer<typeof FactsRow>

const FACTS = Object.entries(FactsRow.shape).map(([name, fact]) => {
  const { column, json = (plain: SQL) => plain } = sources.get(fact) ?? {}
  if (column === undefined) throw new TypeError(`No column was named for ${name}.`)
  return { name, json, columnFor: (asker: Asker) => (typeof column === 'function' ? column(asker) : column) }
})

const listed = (parts: SQL[]): SQL => sql.join(parts, sql`, `)

/** A name of this file, so it may stand in the text; a parameter would have no type there. */
const key = (name: string): SQL => sql.raw(`'${name}'`)

/** `select` of one row of facts about a channel; no row when there is no such channel on this site. */
export const selectFacts = (actor: UserActor, channelId: string): SQL => selectFactsOf(actor, channelId, isChatStaff(actor))

/** The same for each person of a query around it. */
export const selectFactsOf = (asker: Asker, channelId: string, isStaff: boolean | SQL): SQL => sql`
  select ${listed(FACTS.map(({ name, columnFor }) => sql`${columnFor(asker)} as ${sql.identifier(name)}`))}
  from channels c
  join communities co on co.id = c."communityId"
  ${memberJoin(asker)}
  where c.id = ${channelId}::bigint and ${onThisSite(asker.platform, isStaff)}`

/** A row of `selectFacts`, standing as the relation `facts`, as the JSON that `FactsRow` reads. */
export const factsJson: SQL = sql`json_build_object(${listed(
  FACTS.map(({ name, json }) => sql`${key(name)}, ${json(sql`facts.${sql.identifier(name)}`)}`),
)})`

/** The same members of a JSON object where a query already stands among the tables. */
export const factMembers = (asker: Asker): SQL =>
  listed(FACTS.map(({ name, json, columnFor }) => sql`${key(name)}, ${json(columnFor(asker))}`))

/** The facts in the words of the rule that decides on them. */
export function channelFacts(row: FactsRow, actor: Pick<UserActor, 'scopeCustomerId' | 'role'>): ChannelFacts {
  const { isPrivate, isReadOnly, isArchived, slowModeSeconds, communityIsActive, isOpenedByProduct: opened } = row
  const { role, memberIsActive, bannedAt, mutedUntil, hasLiveAccess: live } = row
  const isMember = row.memberId !== null && role !== null
  return {
    member: isMember ? { role, isActive: memberIsActive ?? false, bannedAt, mutedUntil, hasLiveAccess: live } : null,
    isStaff: isChatStaff(actor),
    communityIsActive,
    isOpenedByProduct: opened,
    channel: { isPrivate, isReadOnly, isArchived, slowModeSeconds },
  }
}
