import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')
const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')

export type BuiltFile = { file: string; imports?: string[]; dynamicImports?: string[] }
export type Manifest = Record<string, BuiltFile>

/**
 * A build of one's own, in a temporary folder: what other tests or a running product serve is left alone.
 * It is a process of its own because a test runner's NODE_ENV would choose React's development build.
 */
export async function builtSite() {
  const outDir = await mkdtemp(join(tmpdir(), 'built-site-'))
  const args = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--manifest', 'manifest.json', '--logLevel', 'error']
  await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
  const manifest: Manifest = JSON.parse(await readFile(join(outDir, 'manifest.json'), 'utf8'))
  return { outDir, manifest, remove: () => rm(outDir, { recursive: true, force: true }) }
}
