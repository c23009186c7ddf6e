import { getTableColumns, is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { type CatalogueTable, readEnums, readTables } from './testing-catalog.ts'
import seedFile from './schema-seed.json' with { type: 'json' }
import * as schema from './schema/all.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

/** The owner's schema as data: what exists whatever we add. It is never changed to make a test pass. */
const columnSeed = z.object({
  type: z.string(),
  nullable: z.optional(z.boolean()),
  default: z.optional(z.string()),
  touched: z.optional(z.boolean()),
})
const tableSeed = z.object({
  model: z.string(),
  columns: z.record(z.string(), columnSeed),
  primaryKey: z.array(z.string()),
  unique: z.array(z.array(z.string())),
  indexes: z.array(z.array(z.string())),
  foreignKeys: z.array(z.object({ column: z.string(), table: z.string(), onDelete: z.string() })),
})
const seed = z.object({ enums: z.record(z.string(), z.array(z.string())), tables: z.record(z.string(), tableSeed) }).parse(seedFile)
const seedTables = Object.entries(seed.tables)

/** The one rule of the owner's schema that is corrected: it would also forbid an affiliate's second expired boost. */
const REPLACED = 'affiliate_boost_redemptions_affiliateId_status_key'

let t: TestDatabase
let enums: Record<string, string[]>
let tables: Record<string, CatalogueTable>
beforeAll(async () => {
  t = await testDatabase()
  enums = await readEnums(t.admin)
  tables = await readTables(t.admin)
})
afterAll(() => t.close())

const tableOf = (name: string): CatalogueTable => {
  const table = tables[name]
  if (table === undefined) throw new Error(`The table ${name} is missing.`)
  return table
}

/** How PostgreSQL writes down a default of the owner's schema. Ids are made by the application. */
function expectedDefault(table: string, { type, default: value }: z.infer<typeof columnSeed>): string | null {
  if (value === undefined || value === 'cuid()') return null
  if (value === 'now()') return 'CURRENT_TIMESTAMP'
  if (value === 'autoincrement()') return `nextval('${table}_id_seq'::regclass)`
  if (value === '[]') return `ARRAY[]::${type}`
  if (['integer', 'boolean'].includes(type)) return value
  if (type.startsWith('numeric')) return value
  return `'${value.replaceAll("'", "''")}'::${type}`
}

describe("the owner's schema", () => {
  it('has 35 models and 19 enums', () => {
    expect([seedTables.length, Object.keys(seed.enums).length]).toEqual([35, 19])
  })

  it.each(Object.entries(seed.enums))('keeps the values of %s in order; ours come after', (name, values) => {
    expect(enums[name]?.slice(0, values.length)).toEqual(values)
  })

  it.each(seedTables)('has every column of %s with its type, nullability and default', (name, table) => {
    const found = Object.fromEntries(Object.keys(table.columns).map((column) => [column, tableOf(name).columns[column]]))
    const expected = Object.fromEntries(
      Object.entries(table.columns).map(([column, one]) => [
        column,
        { type: one.type, nullable: one.nullable ?? false, default: expectedDefault(name, one) },
      ]),
    )
    expect(found).toEqual(expected)
  })

  it.each(seedTables)('has the keys and indexes of %s under the names that Prisma gives', (name, table) => {
    const { primaryKey, indexes } = tableOf(name)
    expect(primaryKey).toEqual({ name: `${name}_pkey`, columns: table.primaryKey })
    const unique = table.unique.map((columns) => ({ name: `${name}_${columns.join('_')}_key`, unique: true, partial: false, columns }))
    const plain = table.indexes.map((columns) => ({ name: `${name}_${columns.join('_')}_idx`, unique: false, partial: false, columns }))
    expect(indexes).toEqual(expect.arrayContaining([...unique, ...plain].filter((one) => one.name !== REPLACED)))
    expect(indexes.map((one) => one.name)).not.toContain(REPLACED)
  })

  it.each(seedTables)('has the relations of %s with what Prisma does at a deletion', (name, table) => {
    const expected = table.foreignKeys.map((one) => ({ ...one, name: `${name}_${one.column}_fkey`, onUpdate: 'CASCADE' }))
    expect(tableOf(name).foreignKeys).toEqual(expect.arrayContaining(expected))
  })
})

const drizzleTables = Object.values(schema).filter((one) => is(one, PgTable))

describe('the Drizzle schema', () => {
  it('names exactly the tables of the database', () => {
    const names = drizzleTables.map((table) => getTableConfig(table).name)
    expect(names.toSorted()).toEqual(Object.keys(tables).toSorted())
  })

  it.each(drizzleTables.map((table) => [getTableConfig(table).name, table] as const))(
    'says of %s what the database says',
    (name, table) => {
      const { columns, indexes, foreignKeys } = getTableConfig(table)
      const found = tableOf(name)
      const nullableOf = Object.fromEntries(columns.map((one) => [one.name, !one.notNull]))
      expect(nullableOf).toEqual(Object.fromEntries(Object.entries(found.columns).map(([column, one]) => [column, one.nullable])))
      // Hand-written migrations may add indexes that Drizzle cannot say.
      expect(found.indexes.map((one) => one.name)).toEqual(expect.arrayContaining(indexes.map((one) => one.config.name)))
      expect(foreignKeys.map((one) => one.getName()).toSorted()).toEqual(found.foreignKeys.map((one) => one.name).toSorted())
      for (const [key, column] of Object.entries(getTableColumns(table))) expect(column.name).toBe(key)
    },
  )

  it('makes ids and touches instants where the owner asks for it', () => {
    for (const table of drizzleTables) {
      const asked = seed.tables[getTableConfig(table).name]?.columns ?? {}
      for (const [name, column] of Object.entries(getTableColumns(table))) {
        if (asked[name]?.default === 'cuid()') expect(column.defaultFn?.()).toMatch(/^[a-z0-9]{24}$/)
        if (asked[name]?.touched) expect(column.onUpdateFn?.()).toBeInstanceOf(Date)
      }
    }
  })
})
