import { join } from 'node:path'
import { repositoryRoot } from '../repository.mjs'
import { foreignNativeFiles, unpackedFiles } from './nativeFiles.mjs'

/**
 * What differs between a release and a package made at home: who signed it, and the GitHub repository (OWNER/NAME) whose
 * releases the app updates itself from. A package without the last never looks for updates.
 */
const { APPLE_TEAM_ID, LONGHAND_PUBLISHER, LONGHAND_RELEASES } = process.env
const [owner, repo] = LONGHAND_RELEASES?.split('/') ?? []

/**
 * How the app is packed, for the system that it is packed on.
 *
 * @param {object} options
 * @param {string} options.electronDist Electron's folder
 * @param {string} options.output
 * @param {(context: import("electron-builder").AfterPackContext) => Promise<void>} options.afterPack
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ electronDist, output, afterPack }) {
  return {
    appId: 'app.longhand.desktop',
    productName: 'Longhand',
    copyright: 'Copyright © the Longhand contributors',
    directories: { output, buildResources: join(repositoryRoot, 'build', 'package') },
    electronDist,
    files: [
      'out/**',
      '!out/main/bench.js',
      '!out/source.sha256',
      'resources/**',
      'package.json',
      ...foreignNativeFiles(process.platform, process.arch),
      // Sources, typings and tests of packages run nowhere.
      '!node_modules/**/*.{map,ts,mts,cts,md,markdown}',
      '!node_modules/**/{test,tests,__tests__,docs,example,examples}/**',
      // Made for browsers, or what the authors' tools left behind.
      '!node_modules/pdfkit/{.yarn/**,js/pdfkit.{standalone,browser}*}',
      '!node_modules/fontkit/dist/browser*',
      '!node_modules/brotli/build/**',
      '!node_modules/protobufjs/{cli,dist}/**',
      '!node_modules/zod/**/*.cjs',
      // What teaching a model needs besides: the largest models can be taught where Longhand runs from its source, and two others
      // cannot be taught at all. With these an installer would be a fifth larger.
      '!resources/models/{hangul,hanzi,words,hand}/{weights.safetensors,replay.gz}',
    ],
    asar: true,
    asarUnpack: unpackedFiles,
    // No package is compiled here: each brings its own binaries, by Node-API, which fit every Electron.
    npmRebuild: false,
    electronLanguages: ['en-US', 'zh-CN'],
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      enableCookieEncryption: true,
    },
    afterPack,
    publish: owner === undefined || repo === undefined ? null : { provider: 'github', owner, repo },
    fileAssociations: [
      {
        ext: 'onnx',
        name: 'ONNX model',
        description: 'ONNX model',
        mimeType: 'application/x-onnx',
        role: 'Viewer',
      },
      {
        ext: 'longhand',
        name: 'Longhand profile',
        description: 'A model of handwriting with its samples',
        mimeType: 'application/x-longhand',
        role: 'Viewer',
      },
    ],
    linux: {
      target: ['AppImage', 'deb', 'rpm', 'tar.gz'],
      category: 'Utility',
      icon: 'icons',
      synopsis: 'Reads your handwriting and learns it',
      maintainer: 'The Longhand contributors <longhand@localhost>',
      desktop: {
        entry: {
          'Comment[zh_CN]': '读懂您的手写，并不断学习',
          Keywords: 'handwriting;recognition;ink;pen;手写;识别;',
        },
      },
    },
    mac: {
      target: [
        { target: 'dmg', arch: 'arm64' },
        // The updater needs the zip.
        { target: 'zip', arch: 'arm64' },
      ],
      category: 'public.app-category.productivity',
      icon: 'icons/icon.icns',
      hardenedRuntime: true,
      entitlements: 'build/package/entitlements.mac.plist',
      entitlementsInherit: 'build/package/entitlements.mac.plist',
      notarize: APPLE_TEAM_ID !== undefined,
    },
    win: {
      target: ['nsis', 'portable'],
      icon: 'icons/icon.ico',
      // The updater takes only what this publisher has signed; an unsigned build says so by having none.
      ...(LONGHAND_PUBLISHER === undefined ? {} : { signtoolOptions: { publisherName: LONGHAND_PUBLISHER } }),
    },
    // Names without spaces: GitHub turns a space into a full stop, and the updater would look for what is not there.
    nsis: {
      artifactName: '${productName}-Setup-${version}.${ext}',
      oneClick: false,
      // For this user or for all, as the user chooses. The files are associated either way, as the installer writes to its own
      // part of the registry (SHELL_CONTEXT in electron-builder's FileAssociation.nsh), though its docs name perMachine alone.
      perMachine: false,
      allowToChangeInstallationDirectory: true,
    },
    portable: { artifactName: '${productName}-${version}-portable.${ext}' },
  }
}
