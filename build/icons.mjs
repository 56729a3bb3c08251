// `node build/icons.mjs`: draws the icons of the packages and of the tray from the one drawing, src/renderer/icon.svg.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { fail } from './fail.mjs'
import { repositoryRoot } from './repository.mjs'

const packageIcons = join(repositoryRoot, 'build', 'package', 'icons')
const appIcons = join(repositoryRoot, 'resources', 'icons')

/** @param {string} svg @param {number} size in pixels */
const draw = (svg, size) =>
  sharp(Buffer.from(svg), { density: 2.25 * size })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer()

/** The stroke alone, as macOS wants it in its menu bar: black, on nothing. */
const strokeOnly = (/** @type {string} */ svg) =>
  svg.replace(/<rect[^>]*>/, '').replace('stroke="#fff"', 'stroke="#000"')

/**
 * Windows' format: a directory of 16 bytes a picture, then the pictures, which may be PNG.
 *
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
function encodeIco(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [at, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * at
    // 0 stands for 256.
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)])
}

/**
 * Apple's format: pictures as PNG, each behind a type of four letters and its length.
 *
 * @param {readonly { type: string, png: Buffer }[]} pictures
 */
function encodeIcns(pictures) {
  const parts = pictures.map(({ type, png }) => chunk(type, png))
  return chunk('icns', Buffer.concat(parts))
}

/** @param {string} type @param {Buffer} content */
function chunk(type, content) {
  const head = Buffer.alloc(8, type, 'latin1')
  head.writeUInt32BE(8 + content.length, 4)
  return Buffer.concat([head, content])
}

async function drawIcons() {
  const svg = await readFile(join(repositoryRoot, 'src', 'renderer', 'icon.svg'), 'utf8')
  await mkdir(packageIcons, { recursive: true })
  await mkdir(appIcons, { recursive: true })
  for (const size of [16, 32, 48, 64, 128, 256, 512]) {
    await writeFile(join(packageIcons, `${size}x${size}.png`), await draw(svg, size))
  }
  const ico = [16, 24, 32, 48, 64, 128, 256].map(async (size) => ({ size, png: await draw(svg, size) }))
  await writeFile(join(packageIcons, 'icon.ico'), encodeIco(await Promise.all(ico)))
  const types = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }
  const icns = Object.entries(types).map(async ([type, size]) => ({ type, png: await draw(svg, size) }))
  await writeFile(join(packageIcons, 'icon.icns'), encodeIcns(await Promise.all(icns)))
  await writeFile(join(appIcons, 'tray.png'), await draw(svg, 16))
  await writeFile(join(appIcons, 'tray@2x.png'), await draw(svg, 32))
  await writeFile(join(appIcons, 'trayTemplate.png'), await draw(strokeOnly(svg), 16))
  await writeFile(join(appIcons, 'trayTemplate@2x.png'), await draw(strokeOnly(svg), 32))
  await writeFile(join(appIcons, 'window.png'), await draw(svg, 256))
}

try {
  await drawIcons()
} catch (error) {
  fail(error)
}
