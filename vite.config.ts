import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { ASSET_HEADERS } from './api/http/asset-headers.ts'
import { writePages } from './dev/pages/write-pages.ts'

const here = import.meta.dirname
const outDir = join(here, 'dist/web')

/** Each folder of hand-coded HTML is a page of its own; only its fonts, styles and pictures pass through the build. */
const landingDir = join(here, 'web/sites/stam/landing')
const landingPages = Object.fromEntries(readdirSync(landingDir).map((slug) => [`landing-${slug}`, join(landingDir, slug, 'index.html')]))

/**
 * The Worker looks for /l/<slug> under dist/web/landing, whichever site's folder the page was written in.
 */
function placeOutputs(): Plugin {
  return {
    name: 'place-outputs',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        file.fileName = file.fileName.replace(/^sites\//, '').replace(/^stam\/landing\//, 'landing/')
      }
    },
  }
}

/**
 * Cloudflare serves a file below /assets/ without asking the Worker and reads its headers here. A miss is no file and reaches the Worker, which
 * answers for itself: these lines are on no 404 (https://developers.cloudflare.com/workers/static-assets/headers/).
 */
function writeHeaders(): Plugin {
  const lines = Object.entries(ASSET_HEADERS).map(([name, value]) => `  ${name}: ${value}`)
  return {
    name: 'write-headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: ['/assets/*', ...lines, ''].join('\n') })
    },
  }
}

/** What stands before the program is drawn while this build runs, so the program carries none of it: the outlines of the sites' tables are taken out. */
function leaveOutOutlines(): Plugin {
  const table = /web[\\/]sites[\\/](?:shared-pages|[a-z]+[\\/](?:table|[a-z]+-pages))\.tsx?$/
  return {
    name: 'leave-out-outlines',
    apply: 'build',
    enforce: 'pre',
    transform: (code, id) => (table.test(id) ? code.replaceAll(/\n {2,}(?:outline|forMembers): \{[^{}]*\},/g, '') : null),
  }
}

/** What every page of both sites needs, in one file that outlives our own changes. */
const vendor = /node_modules[\\/](react|react-dom|scheduler|@tanstack|hono)[\\/]/

const frame = /web[\\/](?:ui[\\/](?:class-names|button|icon|page-header|states)\.tsx?|data[\\/](?:api-error|client)\.ts)$/

export default defineConfig({
  root: join(here, 'web'),
  publicDir: false,
  appType: 'mpa',
  plugins: [react(), placeOutputs(), writeHeaders(), leaveOutOutlines(), writePages(here, readdirSync(landingDir))],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // Inlined assets would need data: in font-src, which the content policy does not grant.
    assetsInlineLimit: 0,
    // Every browser that reads this syntax knows `modulepreload` by itself, or does without.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        weokto: join(here, 'web/sites/weokto/index.html'),
        stam: join(here, 'web/sites/stam/index.html'),
        pay: join(here, 'web/pay/pay.ts'),
        ...landingPages,
      },
      // A message has no effect but its text: a route that names three loads three, not the whole list.
      treeshake: { moduleSideEffects: [{ test: /paraglide[\\/]/, sideEffects: false }] },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'pay' ? 'pay.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        codeSplitting: {
          groups: [
            { name: 'vendor', test: vendor, priority: 3 },
            // What every page of both sites has: one file is smaller than ten.
            { name: 'frame', test: frame, priority: 1 },
            { name: 'text-runtime', test: /paraglide[\\/](runtime|registry)\.js/, priority: 2 },
          ],
        },
      },
    },
  },
})
