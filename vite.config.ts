import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

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

/** What every page of both sites needs, in one file that outlives our own changes. */
const vendor = /node_modules[\\/](react|react-dom|scheduler|@tanstack|hono)[\\/]/

export default defineConfig({
  root: join(here, 'web'),
  publicDir: false,
  appType: 'mpa',
  plugins: [react(), placeOutputs()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // Inlined assets would need data: in font-src, which the content policy does not grant.
    assetsInlineLimit: 0,
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
            { name: 'text-runtime', test: /paraglide[\\/](runtime|registry)\.js/, priority: 2 },
          ],
        },
      },
    },
  },
})
