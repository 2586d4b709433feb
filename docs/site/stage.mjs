// Makes the pages of the site: copies of the documents, in build/pages, whose links lead to pages.
//
// A file of the repository that a document links to becomes a page as well: a document is shown as
// one, a folder as a list of its files, anything else as text. A link that leads nowhere is an error.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const pages = path.join(root, 'docs/site/build/pages')
const languages = { swax: 'swax', java: 'java', json: 'json', sh: 'sh', py: 'python', xml: 'xml', g4: 'antlr4' }

const waiting = []
const known = new Set()
const broken = []

/** Where a file of the repository is in the site; the page is made later. */
function page(file) {
  if (!known.has(file)) {
    known.add(file)
    waiting.push(file)
  }
  const folder = fs.statSync(path.join(root, file)).isDirectory()
  const name = folder ? path.posix.join(file, 'index.md') : file.replace(/(?<!\.md)$/, '.md')
  return (name.startsWith('docs/') ? name.slice('docs/'.length) : 'source/' + name).replace(/README\.md$/, 'index.md')
}

/** What a path of a link means: a folder with a README.md is that document. */
function document(file) {
  const place = path.join(root, file)
  if (!fs.existsSync(place)) {
    return undefined
  }
  if (fs.statSync(place).isDirectory() && fs.existsSync(path.join(place, 'README.md'))) {
    return path.posix.join(file, 'README.md')
  }
  return file.replace(/\/$/, '')
}

/** A link of a file, or of a folder's list, as it is between pages. */
function linked(file, link, folder = path.posix.dirname(file)) {
  if (/^[a-z]+:/.test(link) || link.startsWith('#')) {
    return link
  }
  const [target, anchor] = link.split('#')
  const found = document(path.posix.join(folder, target))
  if (found === undefined) {
    broken.push(`${file}: ${link}`)
    return link
  }
  const to = path.posix.relative(path.posix.dirname(page(file)), page(found))
  return (to.startsWith('.') ? to : './' + to) + (anchor === undefined ? '' : '#' + anchor)
}

/** Comments are for tests; code is left as it is. */
function ofDocument(file) {
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  return text
    .split(/(^ *```[^]*?^ *```$|`[^`\n]+`)/m)
    .map((part, i) => i % 2 ? part : part
      .replace(/^<!--[^]*?-->\n/gm, '')
      .replace(/\]\(([^)\s]+)\)/g, (_, link) => `](${linked(file, link)})`)
      .replace(/\{\{/g, '{​{'))
    .join('')
}

function ofFolder(file) {
  const names = fs.readdirSync(path.join(root, file)).filter(name => !name.startsWith('.')).sort()
  const lines = names.map(name => `- [${name}](${linked(file, name, file)})`)
  return `# ${file}\n\n${lines.join('\n')}\n`
}

function ofText(file) {
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(run => run[0].length + 1)))
  const language = languages[file.split('.').pop()] ?? 'text'
  return `# ${path.posix.basename(file)}\n\n\`${file}\`\n\n${fence}${language}\n${text}\n${fence}\n`
}

function write(file) {
  const to = path.join(pages, page(file))
  fs.mkdirSync(path.dirname(to), { recursive: true })
  const folder = fs.statSync(path.join(root, file)).isDirectory()
  fs.writeFileSync(to, folder ? ofFolder(file) : file.endsWith('.md') ? ofDocument(file) : ofText(file))
}

function documents(folder) {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) {
      return file === 'docs/site' ? [] : documents(file)
    }
    return file.endsWith('.md') ? [file] : []
  })
}

fs.rmSync(pages, { recursive: true, force: true })
documents('docs').forEach(page)
page('CONTRIBUTING.md')
page('CHANGELOG.md')
while (waiting.length > 0) {
  write(waiting.pop())
}
if (broken.length > 0) {
  console.error(`links that lead nowhere:\n${broken.join('\n')}`)
  process.exit(1)
}
