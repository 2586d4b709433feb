import fs from 'node:fs'
import { defineConfig } from 'vitepress'
import { sidebar } from './navigation.mjs'

/** That of the editors. */
const swax = JSON.parse(
  fs.readFileSync(new URL('../../../editors/vscode/syntaxes/swax.tmLanguage.json', import.meta.url), 'utf8'))

/** As hosts of repositories make anchors of headings, so that links hold in both places. */
const slugify = heading =>
  heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replace(/ /g, '-')

export default defineConfig({
  title: 'swax',
  description: 'A declarative language and compiler for hybrid sequence models',
  srcDir: 'build/pages',
  outDir: 'build/html',
  cacheDir: 'build/cache',
  markdown: {
    html: false,
    languages: [swax],
    languageAlias: { console: 'shellsession' },
    anchor: { slugify },
  },
  themeConfig: {
    nav: [
      { text: 'Quickstart', link: '/quickstart' },
      { text: 'How to', link: '/how-to/compare-models' },
      { text: 'Reference', link: '/language' },
      { text: 'Explanation', link: '/tour' },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
  },
})
