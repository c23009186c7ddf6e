import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './environment/root.ts'

/** What was written before its capability is built. Whoever builds one takes its tags away and lowers this; nothing is ever added. */
const WAITING = 50

const TAG = /@(waitsFor|runsAsSql) ([^\n*]+)/g

const files = ['domain', 'api', 'web', 'db'].flatMap((floor) =>
  readdirSync(join(ROOT, floor), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|paraglide/.test(file))
    .map((file) => `${floor}/${file}`),
)
const tags = files.flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(TAG)].map(([, kind, what = '']) => ({ file, kind, what: what.trim() })),
)

test('code that no capability calls yet only becomes less', () => {
  expect(tags.filter(({ kind }) => kind === 'waitsFor')).toHaveLength(WAITING)
})

test('a rule that SQL decides names the test that holds the two equal', () => {
  const named = tags.filter(({ kind }) => kind === 'runsAsSql')
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter(({ what }) => !existsSync(join(ROOT, /\(([^)]+)\)/.exec(what)?.[1] ?? 'none')))).toEqual([])
})

test('files that nothing reaches yet say so of everything in them', () => {
  const { ignoreFiles } = JSON.parse(readFileSync(join(ROOT, 'knip.json'), 'utf8')) as { ignoreFiles: string[] }
  const silent = ignoreFiles.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    const names = Array.from(text.matchAll(/^export (?:const|function|class) (\w+)/gm), ([, name = '']) => name)
    return names
      .filter(
        (name) => !new RegExp(String.raw`@(?:waitsFor|runsAsSql) [^\n]*\n?[ ]?\*/\nexport (?:const|function|class) ${name}\b`).test(text),
      )
      .map((name) => `${file}: ${name}`)
  })
  expect(silent).toEqual([])
})
