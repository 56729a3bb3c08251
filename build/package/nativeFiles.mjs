import { join } from 'node:path'
import { listPackage, statFile } from '@electron/asar'

/**
 * The packages that bring compiled files for several systems. ONNX Runtime has all of them in one package; of the others,
 * npm installs one package for each kind of machine that could be meant, such as glibc and musl.
 *
 * Only exclusions can be written for node_modules: electron-builder drops every other pattern there, so that excluding all
 * and including one again would lose all (getNodeModuleFileMatcher in its fileMatcher.js). What is excluded is not in the
 * archive's header either, which what is deleted after packing would be.
 *
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 * @returns {string[]} patterns of electron-builder
 */
export function foreignNativeFiles(platform, arch) {
  const runtime = 'node_modules/onnxruntime-node/bin/napi-v6'
  return [
    ...['darwin', 'linux', 'win32']
      .filter((name) => name !== platform)
      .map((name) => `!${runtime}/${name}/**`),
    ...['arm64', 'x64'].filter((name) => name !== arch).map((name) => `!${runtime}/${platform}/${name}/**`),
    // Fetched by ONNX Runtime's install script where somebody asked for it; larger than all the rest.
    `!${runtime}/**/*providers_{cuda,tensorrt}*`,
    '!node_modules/@libsql/*-musl{,eabihf}/**',
    '!node_modules/@img/*-{linuxmusl,wasm32}*/**',
    // For another runtime than Node, which tar-stream's packages run on too.
    '!node_modules/bare-*/prebuilds/**',
  ]
}

/**
 * What has to lie beside the archive, because the system's loader cannot look into it. electron-builder finds most by itself,
 * but not a library with its version after the `.so`.
 */
export const unpackedFiles = ['node_modules/{@img,@libsql}/**', 'node_modules/onnxruntime-node/bin/**']

/** Compiled files, by what systems call them; a library's version may follow. */
const compiled = /\.(node|so(\.[\d.]+)?|dylib|dll|exe)$/

/**
 * The compiled files of a packed app, sorted, with forward slashes, and whether each lies beside the archive.
 *
 * @param {string} resources folder of the app's archive
 * @returns {{ file: string, unpacked: boolean }[]}
 */
export function compiledFiles(resources) {
  const archive = join(resources, 'app.asar')
  return listPackage(archive, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').slice(1))
    .filter((file) => compiled.test(file))
    .sort()
    .map((file) => ({ file, unpacked: 'unpacked' in statFile(archive, file, false) }))
}

/**
 * What is wrong with the compiled files of a packed app: for another system, missing, or where no system can load it.
 *
 * @param {ReturnType<typeof compiledFiles>} files
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 * @returns {string[]} a clause each
 */
export function nativeFileFaults(files, platform, arch) {
  const others = ['darwin', 'linux', 'win32', 'arm64', 'x64', 'wasm32'].filter(
    (name) => name !== platform && name !== arch,
  )
  const isForeign = new RegExp(`[-/]((${others.join('|')})|\\w*musl)([-/]|$)`, 'm')
  const wanted = [
    `onnxruntime-node/bin/napi-v6/${platform}/${arch}/onnxruntime_binding.node`,
    `@libsql/${platform}-${arch}`,
    `@img/sharp-${platform}-${arch}/`,
  ]
  return [
    ...files.filter(({ file }) => isForeign.test(file)).map(({ file }) => `${file} is for another system`),
    ...files.filter(({ unpacked }) => !unpacked).map(({ file }) => `${file} lies in the archive`),
    ...wanted
      .filter((part) => !files.some(({ file }) => file.includes(part)))
      .map((part) => `${part} is missing`),
  ]
}
