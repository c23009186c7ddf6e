import { encode } from 'uqr'

/** Modules around the code that stay white: readers look for them. */
const QUIET = 4
const PNG_SIDE = 1024

export type Qr = { size: number; path: string; cells: readonly (readonly boolean[])[] }

/** The code of an address, as cells and as one path of an SVG of `size` units. */
export function qrOf(text: string): Qr {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { size, path, cells: data }
}

export function svgOf({ size, path }: Qr): string {
  const box = `viewBox="0 0 ${size} ${size}" width="${PNG_SIDE}" height="${PNG_SIDE}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>\n`
}

/** Whole pixels per cell, so that its edges stay sharp. */
export async function pngOf({ size, cells }: Qr): Promise<Blob> {
  const cell = Math.max(1, Math.floor(PNG_SIDE / size))
  const canvas = document.createElement('canvas')
  canvas.width = size * cell
  canvas.height = size * cell
  const paint = canvas.getContext('2d')
  if (!paint) throw new Error('This browser draws no pictures.')
  paint.fillStyle = '#fff'
  paint.fillRect(0, 0, canvas.width, canvas.height)
  paint.fillStyle = '#000'
  cells.forEach((row, y) => row.forEach((dark, x) => dark && paint.fillRect(x * cell, y * cell, cell, cell)))
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!blob) throw new Error('The picture could not be made.')
  return blob
}

const KEPT_FOR = 60_000

/** Hands a file to the reader under a name. */
export function save(file: Blob, name: string): void {
  const anchor = document.createElement('a')
  anchor.href = URL.createObjectURL(file)
  anchor.download = name
  anchor.click()
  // Revoked at once, some browsers save an empty file.
  setTimeout(() => URL.revokeObjectURL(anchor.href), KEPT_FOR)
}
