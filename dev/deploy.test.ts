import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unstable_readConfig } from 'wrangler'
import { ROOT } from './environment/root.ts'

let folder: string
let said: string
let bundle: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weokto-deploy-'))
  const args = [
    'node_modules/wrangler/bin/wrangler.js',
    'deploy',
    '--dry-run',
    '--outdir',
    folder,
    '--domain',
    'weokto.com',
    '--domain',
    'be-stam.com',
  ]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    // Another file of this process may have run wrangler's own harness, which silences it in the environment.
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG: 'log' },
  })
  said = `${stdout}${stderr}`
  expect(status, said).toBe(0)
  bundle = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the Worker deploys with every binding it needs, and wrangler warns of nothing', () => {
  expect(said).not.toMatch(/WARNING|deprecated/i)
  for (const binding of ['env.CACHE', 'env.CLICKS', 'env.MAILS', 'env.LIMIT', 'env.ASSETS', 'env.Channel']) expect(said).toContain(binding)
})

test('built files but those below /assets/ are served by the Worker, and what is no file reaches it', () => {
  const { assets } = unstable_readConfig({ config: join(ROOT, 'wrangler.toml') })
  const rules: string[] = Array.isArray(assets?.run_worker_first) ? assets.run_worker_first : []
  const isWorkerFirst = (path: string) =>
    rules.some((rule) => new RegExp(`^${rule.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path))
  const files = readdirSync(join(ROOT, 'dist/web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(ROOT, 'dist/web').length))
    // Read by the platform, not uploaded.
    .filter((path) => path !== '/_headers')
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter((path) => isWorkerFirst(path) === path.startsWith('/assets/'))).toEqual([])
  expect(rules.filter((rule) => rule.startsWith('!'))).toEqual([])
  expect([assets?.not_found_handling, assets?.html_handling]).toEqual(['none', 'none'])
})

test('the bundle stays under 400 KB compressed', () => {
  expect(gzipSync(bundle).byteLength).toBeLessThan(400 * 1024)
})

test('nothing of the local environment and no development switch is in it', () => {
  const traces = [
    /stand-in/,
    /(?:weokto|stam)\.localhost/,
    /424242424242/,
    /_faults/,
    /process\.env\.(?:DEV|TEST|MOCK|FAKE)/,
    /import\.meta\.env/,
    /__DEV__/,
  ]
  expect(traces.filter((trace) => trace.test(bundle)).map(String)).toEqual([])
})
