import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { FormationLevel } from '#domain/learning/enums.ts'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'

export const formations = pgTable(
  'formations',
  {
    id: idColumn(),
    communityId: text().notNull(),
    slug: text().notNull(),
    title: text().notNull(),
    subtitle: text(),
    description: text(),
    level: text().$type<FormationLevel>(),
    coverImageUrl: text(),
    estimatedMinutes: integer().notNull().default(0),
    tags: text()
      .array()
      .notNull()
      .default(sql`ARRAY[]::text[]`),
    isPublished: boolean().notNull().default(false),
    publishedAt: instant(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [uniqueOn(t.slug), indexOn(t.communityId), indexOn(t.slug), fkey(t.communityId, (): AnyPgColumn => communities.id)],
)

export const formationModules = pgTable(
  'formation_modules',
  {
    id: idColumn(),
    formationId: text().notNull(),
    moduleIndex: integer().notNull(),
    title: text().notNull(),
    description: text(),
    videoUrl: text(),
    durationMinutes: integer().notNull().default(0),
    isPublished: boolean().notNull().default(false),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [uniqueOn(t.formationId, t.moduleIndex), indexOn(t.formationId), fkey(t.formationId, (): AnyPgColumn => formations.id)],
)
