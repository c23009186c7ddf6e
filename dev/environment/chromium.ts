import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'
import { PlainError, sentenceOf } from '#dev/plain-error.ts'

const CACHE = fileURLToPath(new URL('../../.data/chromium', import.meta.url))

/**
 * Launches the browser that npm ships, or the one that CHROMIUM_PATH names. It runs with its web security on: the
 * flags that its package proposes for cloud functions would switch off what the tests are to see.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH']
  const folder = own === undefined || own === '' ? await unpacked() : null
  const executablePath = folder === null ? own : join(folder, 'chromium')
  const env = folder === null ? {} : { env: { ...stringsOf(process.env), ...environmentOf(folder) } }
  try {
    return await chromium.launch({
      ...env,
      ...options,
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', ...(options.args ?? [])],
    })
  } catch (error) {
    throw new PlainError(`Chromium did not start: ${sentenceOf(error)} (CHROMIUM_PATH can name another one)`)
  }
}

/** Its libraries and fallback fonts come along, so that a bare system needs no packages of its own. */
function environmentOf(folder: string): Record<string, string> {
  const libraries = [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
  return { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, 'fonts') }
}

/** The package's own font list names folders of a environment function. Pages ship their fonts; these are for everything else. */
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><dir>/usr/share/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`

/** The folder with the unpacked browser; unpacked once per version, beside its place, and renamed when complete. */
async function unpacked(): Promise<string> {
  const packed = fileURLToPath(new URL('../bin', import.meta.resolve('@sparticuz/chromium')))
  const version = String(statSync(join(packed, 'chromium.br')).size)
  const folder = join(CACHE, version)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  try {
    await inflateInto(
      unfinished,
      ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) => join(packed, name)),
    )
    chmodSync(join(unfinished, 'chromium'), 0o755)
    writeFileSync(join(unfinished, 'fonts/fonts.conf'), FONTS)
    takePlace(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

/** Another process may have unpacked it meanwhile: then its copy is as good as ours. */
function takePlace(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}

/** The package unpacks into the temporary folder only; it reads where that is at the moment it is called. */
function inflateInto(folder: string, files: string[]): Promise<string[]> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    return Promise.all(files.map((file) => inflate(file)))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

function stringsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
