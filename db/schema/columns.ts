import { getTableName, sql } from 'drizzle-orm'
import { type AnyPgColumn, type ExtraConfigColumn, customType, foreignKey, index, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { newId } from '#db/id.ts'

/** Text that compares without regard to case, so that one person has one account per site however the e-mail is typed. */
export const citext = customType<{ data: string }>({ dataType: () => 'citext' })

/** ISO 3166-1 alpha-2, upper case. */
export const countryCode = customType<{ data: string }>({ dataType: () => 'char(2)' })

const TEN_THOUSAND = 10_000

function rateToText(rate: number): string {
  if (!Number.isSafeInteger(rate)) throw new RangeError('A rate is an integer number of ten-thousandths.')
  const whole = Math.trunc(Math.abs(rate) / TEN_THOUSAND)
  const rest = String(Math.abs(rate) % TEN_THOUSAND).padStart(4, '0')
  return `${rate < 0 ? '-' : ''}${whole}.${rest}`
}

function rateFromText(value: string): number {
  const [whole = '0', rest = ''] = value.replace('-', '').split('.')
  const rate = Number(whole) * TEN_THOUSAND + Number(rest.padEnd(4, '0').slice(0, 4))
  return value.startsWith('-') ? -rate : rate
}

/** A decimal with four places that is an integer of ten-thousandths in the program (0.3000 is 3000), never a float. */
const tenThousandths = (precision: number) =>
  customType<{ data: number; driverData: string }>({
    dataType: () => `numeric(${precision}, 4)`,
    toDriver: rateToText,
    fromDriver: rateFromText,
  })

export const rate = tenThousandths(10)
export const shareRate = tenThousandths(5)

/** 64-bit ids are strings everywhere outside the database: a JavaScript number cannot hold them all. */
export const bigId = customType<{ data: string; driverData: string }>({ dataType: () => 'bigint' })
export const bigSerialId = customType<{ data: string; driverData: string; notNull: true; default: true }>({
  dataType: () => 'bigserial',
})

/** An instant in UTC with milliseconds. */
export const instant = () => timestamp({ precision: 3, mode: 'date' })

/** The database fills it when the application does not; sessions run in UTC, so the value is UTC too. */
export const instantNow = () =>
  instant()
    .notNull()
    .default(sql`CURRENT_TIMESTAMP`)

/** Set by the application at every write, as the owner's `@updatedAt` does; the database has no default for it. */
export const updatedInstant = () =>
  instant()
    .notNull()
    .$onUpdate(() => new Date())

export const idColumn = () => text().primaryKey().$defaultFn(newId)

type Named = Pick<ExtraConfigColumn, 'name' | 'table'>

const objectName = (columns: readonly Named[], suffix: string): string => {
  const [first] = columns
  if (!first) throw new Error('An index needs a column.')
  return [getTableName(first.table), ...columns.map((column) => column.name), suffix].join('_')
}

/** Index, unique index and foreign key under the names that Prisma gives, so that an existing database fits. */
export const indexOn = (...columns: [ExtraConfigColumn, ...ExtraConfigColumn[]]) => index(objectName(columns, 'idx')).on(...columns)

export const uniqueOn = (...columns: [ExtraConfigColumn, ...ExtraConfigColumn[]]) => uniqueIndex(objectName(columns, 'key')).on(...columns)

/** What deleting the target does: a required reference refuses, an optional one is emptied, unless said otherwise. */
type OnDelete = 'cascade' | 'restrict' | 'set null'

/** The target is a function because tables of different files point at each other. */
export const fkey = (column: AnyPgColumn, target: () => AnyPgColumn, onDelete?: OnDelete) =>
  foreignKey({ name: objectName([column], 'fkey'), columns: [column], foreignColumns: [target()] })
    .onDelete(onDelete ?? (column.notNull ? 'restrict' : 'set null'))
    .onUpdate('cascade')

const defined = new Map<string, () => AnyPgColumn>()

/**
 * For two tables that point at each other: the one that is written later hands its column in here, and the other asks for it by name, so that their
 * files do not import one another. Keys are made when the schema is compared or a table is read, when every file has been loaded.
 */
export const definesColumn = (name: string, column: () => AnyPgColumn): void => void defined.set(name, column)

export function columnDefinedLater(name: string): () => AnyPgColumn {
  return () => {
    const column = defined.get(name)
    if (!column) throw new Error(`No file of the schema defines ${name}.`)
    return column()
  }
}
