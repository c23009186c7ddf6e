import { cp, mkdir, readdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = import.meta.dirname
const outDir = join(here, 'dist/web')

/**
 * Landing pages are hand-coded HTML that must work without a build: they are copied as they stand,
 * one folder each, beside the two sites.
 */
function copyLandingPages(): Plugin {
  const from = join(here, 'web/stam/landing')
  return {
    name: 'copy-landing-pages',
    apply: 'build',
    async closeBundle() {
      if (!existsSync(from)) return
      await mkdir(join(outDir, 'landing'), { recursive: true })
      for (const slug of await readdir(from)) {
        await cp(join(from, slug), join(outDir, 'landing', slug), { recursive: true })
      }
    },
  }
}

const textArea = /paraglide[\\/]messages[\\/]([a-z]+)_/

/**
 * Each message is compiled to a module of its own. Grouping them by area keeps the number of files
 * small while a route still loads only the texts of the areas it speaks.
 */
function messageChunk(id: string): string | null {
  if (/paraglide[\\/](runtime|registry)\.js/.test(id)) return 'text-runtime'
  const area = textArea.exec(id)?.[1]
  return area ? `text-${area}` : null
}

export default defineConfig({
  root: join(here, 'web'),
  publicDir: false,
  appType: 'mpa',
  plugins: [react(), copyLandingPages()],
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
        weokto: join(here, 'web/weokto/index.html'),
        stam: join(here, 'web/stam/index.html'),
        pay: join(here, 'web/pay/pay.ts'),
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'pay' ? 'pay.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'vendor', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|hono)[\\/]/ },
            { name: messageChunk, debugName: 'text by area' },
          ],
        },
      },
    },
  },
})
