import type { TestDatabase } from '#db/testing.ts'

/** Written by a refusal on purpose: counters that a refusal must move, or they would not limit. */
const COUNTERS = new Set(['rate_limits'])
/** A wrong code is counted in the row of its mail. */
const COUNTED_IN = new Set(['magic_link_tokens'])

/** What the database looks like: a text that changes whenever a row of any table is added, changed or taken away. */
export class Marks {
  readonly #t: TestDatabase
  readonly #statement: string

  private constructor(t: TestDatabase, statement: string) {
    this.#t = t
    this.#statement = statement
  }

  static async of(t: TestDatabase): Promise<Marks> {
    const marks = (await tablesOf(t))
      .filter((name) => !COUNTERS.has(name))
      .map(
        (name) =>
          `select '${name}' as name, count(*) as rows, ${COUNTED_IN.has(name) ? '0' : 'coalesce(max(xmin::text::bigint), 0)'} as newest from "${name}"`,
      )
    return new Marks(t, `select json_object_agg(name, rows || ':' || newest) as marks from (${marks.join(' union all ')}) t`)
  }

  async now(): Promise<string> {
    const [row] = await this.#t.admin<{ marks: unknown }>(this.#statement)
    return JSON.stringify(row?.marks)
  }
}

/** Everything that the database holds, as text. */
export async function dumpOf(t: TestDatabase): Promise<string> {
  const dumps: string[] = []
  for (const name of await tablesOf(t)) {
    const rows = await t.admin<{ row: string }>(`select row_to_json(x)::text as row from "${name}" x`)
    dumps.push(...rows.map(({ row }) => row))
  }
  return dumps.join('\n')
}

async function tablesOf({ admin }: TestDatabase): Promise<string[]> {
  const rows = await admin<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  return rows.map(({ name }) => name)
}
