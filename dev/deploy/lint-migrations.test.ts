import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readMigrations } from '#db/migrate/files.ts'
import { ROOT } from '#dev/environment/root.ts'
import { refusalsOf } from './lint-migrations.ts'

/** The first day whose migrations have to let yesterday's program go on. */
const SINCE = '20261125'

test('no migration takes from the program that still runs, or says why and that it takes two releases', () => {
  const migrations = readMigrations(join(ROOT, 'db/migrations')).filter(({ name }) => name >= SINCE && /^\d{14}_/.test(name))
  expect(migrations.flatMap(({ name, sql }) => refusalsOf(sql).map((refusal) => `${name} ${refusal}`))).toEqual([])
})

test.each([
  ['drops', 'DROP TABLE clicks'],
  ['drops', 'DROP TABLE IF EXISTS "clicks" CASCADE'],
  ['drops', 'ALTER TABLE "clicks" DROP COLUMN "referrer"'],
  ['drops', 'ALTER TABLE clicks DROP referrer'],
  ['drops', 'ALTER TABLE clicks ALTER COLUMN kind DROP DEFAULT'],
  ['drops', 'DROP FUNCTION mature(text)'],
  ['drops', 'DROP TYPE click_kind'],
  ['drops', 'TRUNCATE clicks'],
  ['drops', 'DELETE FROM clicks WHERE "createdAt" < $1'],
  ['renames', 'ALTER TABLE clicks RENAME TO visits'],
  ['renames', 'ALTER TABLE clicks RENAME COLUMN a TO b'],
  ['renames', 'ALTER TYPE click_kind RENAME VALUE $a$x$a$ TO $a$y$a$'],
  ['tightens', 'ALTER TABLE clicks ALTER COLUMN kind SET NOT NULL'],
  ['tightens', 'ALTER TABLE clicks ADD COLUMN kind text NOT NULL'],
  ['tightens', 'ALTER TABLE clicks ADD kind text NOT NULL'],
  ['tightens', 'ALTER TABLE clicks ADD a text NOT NULL, ADD b int DEFAULT 1'],
  ['tightens', 'ALTER TABLE clicks ADD CONSTRAINT c CHECK (n > 0) NOT VALID'],
  ['tightens', 'ALTER TABLE clicks ADD COLUMN "linkId" text REFERENCES links (id)'],
  ['tightens', 'CREATE UNIQUE INDEX one ON clicks (id)'],
  ['tightens', 'CREATE TRIGGER keep BEFORE UPDATE ON clicks FOR EACH ROW EXECUTE FUNCTION keep()'],
  ['tightens', 'REVOKE INSERT ON clicks FROM weokto_app'],
  ['tightens', 'REVOKE EXECUTE ON FUNCTION mature(text, int) FROM PUBLIC'],
  ['locks', 'CREATE INDEX one ON clicks (id)'],
  ['locks', 'ALTER TABLE clicks ALTER COLUMN n TYPE bigint'],
  ['locks', 'ALTER TABLE clicks ALTER n SET DATA TYPE bigint'],
  ['locks', 'ALTER TABLE clicks ADD COLUMN key uuid DEFAULT gen_random_uuid()'],
  ['locks', `UPDATE clicks SET kind = 'x'`],
  ['locks', 'LOCK TABLE clicks'],
])('refuses what %s: %s', (why, statement) => {
  expect(refusalsOf(`-- A thought.\n${statement};\n`)).toEqual([
    `${why}: ${statement.replaceAll(/'[^']*'|\$a\$.\$a\$/g, "''").slice(0, 80)}`,
  ])
})

test.each([
  'CREATE TABLE visits (id text PRIMARY KEY, kind text NOT NULL); CREATE UNIQUE INDEX one ON visits (kind); ALTER TABLE "visits" ADD CONSTRAINT c CHECK (true)',
  'CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql RETURN 1; REVOKE EXECUTE ON FUNCTION f(int, int) FROM PUBLIC',
  'ALTER TABLE clicks ADD COLUMN kind text',
  `ALTER TABLE clicks ADD COLUMN kind text NOT NULL DEFAULT 'x'`,
  'ALTER TABLE clicks ALTER COLUMN kind DROP NOT NULL',
  'ALTER TABLE clicks DROP CONSTRAINT c',
  'ALTER TABLE clicks ALTER COLUMN kind SET DEFAULT 1',
  `ALTER TYPE click_kind ADD VALUE 'y'`,
  'CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM clicks; DROP TABLE x; END $$',
  `COMMENT ON TABLE clicks IS 'DROP TABLE clicks; it''s a joke'`,
  '-- DROP TABLE clicks;\n/* TRUNCATE clicks; */ SELECT 1',
  'DROP INDEX slow_one',
  'GRANT SELECT ON clicks TO weokto_app',
  `INSERT INTO policies VALUES ('a')`,
])('lets through what adds or relaxes: %s', (sql) => {
  expect(refusalsOf(`${sql};`)).toEqual([])
})

test('a file that says why, in a sentence, is let through', () => {
  const drop = 'ALTER TABLE clicks DROP COLUMN referrer;'
  expect(refusalsOf(`-- Two releases: the first stopped reading it on 2026-12-01; this one drops it.\n${drop}`)).toEqual([])
  expect(refusalsOf(`-- Two releases: yes\n${drop}`)).toHaveLength(1)
  expect(refusalsOf(`-- It takes two releases, because nobody reads it any more.\n${drop}`)).toHaveLength(1)
})
