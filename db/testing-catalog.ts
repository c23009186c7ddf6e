import type { TestDatabase } from './testing.ts'

/** What PostgreSQL itself says about a database, in the shape in which the tests of the schema compare it. */
export interface CatalogueColumn {
  type: string
  nullable: boolean
  default: string | null
}

export interface CatalogueForeignKey {
  name: string
  column: string
  table: string
  onDelete: string
  onUpdate: string
}

export interface CatalogueIndex {
  name: string
  unique: boolean
  partial: boolean
  columns: string[]
}

export interface CatalogueTable {
  columns: Record<string, CatalogueColumn>
  primaryKey: { name: string; columns: string[] }
  foreignKeys: CatalogueForeignKey[]
  indexes: CatalogueIndex[]
}

type Admin = TestDatabase['admin']

export async function readEnums(admin: Admin): Promise<Record<string, string[]>> {
  const rows = await admin<{ name: string; values: string[] }>(`
    SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS values
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
    WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`)
  return Object.fromEntries(rows.map((row) => [row.name, row.values]))
}

const COLUMNS = `
  SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
    NOT a.attnotnull AS nullable, pg_get_expr(d.adbin, d.adrelid) AS default
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname, a.attnum`

const FOREIGN_KEYS = `
  SELECT r.relname AS table, k.conname AS name, a.attname AS column, f.relname AS target,
    k.confdeltype::text AS "onDelete", k.confupdtype::text AS "onUpdate"
  FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.conkey[1]
  WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY k.conname`

const INDEXES = `
  SELECT t.relname AS table, i.relname AS name, x.indisunique AS unique, x.indisprimary AS primary,
    x.indpred IS NOT NULL AS partial,
    ARRAY(SELECT a.attname::text FROM unnest(x.indkey::int[]) WITH ORDINALITY AS k(attnum, n)
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum ORDER BY k.n) AS columns
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
  WHERE t.relnamespace = 'public'::regnamespace ORDER BY i.relname`

const ACTIONS: Record<string, string> = { a: 'NO ACTION', r: 'RESTRICT', c: 'CASCADE', n: 'SET NULL', d: 'SET DEFAULT' }
const action = (letter: string): string => ACTIONS[letter] ?? letter

/** Every table of the database but the one in which the migrations are noted. */
export async function readTables(admin: Admin): Promise<Record<string, CatalogueTable>> {
  const tables: Record<string, CatalogueTable> = {}
  const of = (name: string): CatalogueTable =>
    (tables[name] ??= { columns: {}, primaryKey: { name: '', columns: [] }, foreignKeys: [], indexes: [] })
  for (const { table, column, ...rest } of await admin<CatalogueColumn & { table: string; column: string }>(COLUMNS)) {
    of(table).columns[column] = rest
  }
  for (const { table, name, column, target, onDelete, onUpdate } of await admin<
    Omit<CatalogueForeignKey, 'table'> & { table: string; target: string }
  >(FOREIGN_KEYS)) {
    of(table).foreignKeys.push({ name, column, table: target, onDelete: action(onDelete), onUpdate: action(onUpdate) })
  }
  for (const { table, primary, ...index } of await admin<CatalogueIndex & { table: string; primary: boolean }>(INDEXES)) {
    if (primary) of(table).primaryKey = { name: index.name, columns: index.columns }
    else of(table).indexes.push(index)
  }
  delete tables['schema_migrations']
  delete tables['schema_functions']
  return tables
}
