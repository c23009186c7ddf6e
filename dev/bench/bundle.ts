import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { QUIET_WRANGLER } from '#dev/environment/api.ts'
import { ROOT } from '#dev/environment/root.ts'
import { PlainError } from '#dev/plain-error.ts'

export const COMPATIBILITY = { date: '2026-10-01', flags: ['nodejs_compat'] }

/** Bundles the product's Worker exactly as a deployment would, unless `minified` says otherwise. Returns the file; its map stands beside it. */
export function bundleApp(folder: string, { minified }: { minified?: boolean } = {}): string {
  return dryRun(['--config', join(ROOT, 'wrangler.toml'), ...(minified === undefined ? [] : [`--minify=${minified}`])], folder)
}

/** Bundles another Worker by the same means, so that both sides of a ratio went through the same mill. */
export function bundleWorker(source: string, folder: string): string {
  const config = join(folder, 'wrangler.json')
  const settings = {
    name: 'bench',
    main: join(ROOT, source),
    compatibility_date: COMPATIBILITY.date,
    compatibility_flags: COMPATIBILITY.flags,
    keep_names: false,
  }
  writeFileSync(config, JSON.stringify(settings))
  return dryRun(['--config', config], join(folder, 'out'))
}

function dryRun(args: string[], folder: string): string {
  const command = [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), 'deploy', '--dry-run', '--outdir', folder, ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...QUIET_WRANGLER },
  })
  if (status !== 0) throw new PlainError(`The Worker could not be bundled: ${(stderr || stdout).trim().split('\n').slice(-3).join(' ')}`)
  const file = readdirSync(folder).find((name) => name.endsWith('.js'))
  if (file === undefined) throw new PlainError(`The bundle in ${folder} is empty.`)
  return join(folder, file)
}
