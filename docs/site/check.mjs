// Fails where a page of the built site leads nowhere, or needs something of another machine.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const site = fileURLToPath(new URL('build/html', import.meta.url))
const files = fs.readdirSync(site, { recursive: true }).map(String)
const html = files.filter(file => file.endsWith('.html'))
const texts = new Map(html.map(file => [file, fs.readFileSync(path.join(site, file), 'utf8')]))
const ids = new Map([...texts].map(([file, text]) => [file, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(id => id[1]))]))
const faults = []

function follow(file, link) {
  const [target, anchor] = link.split('#')
  let to = target === '' ? file : path.posix.join('/', target.startsWith('/') ? '' : path.posix.dirname(file), target).slice(1)
  to = to === '' || to.endsWith('/') ? to + 'index.html' : to
  if (!files.includes(to)) {
    faults.push(`${file}: ${link} leads nowhere`)
  } else if (anchor && ids.has(to) && !ids.get(to).has(decodeURIComponent(anchor))) {
    faults.push(`${file}: ${link} has no such heading`)
  }
}

for (const [file, text] of texts) {
  if (file === '404.html') {
    continue
  }
  for (const [, , name, link] of text.matchAll(/<(a|link|script|img)\b[^>]*? (href|src)="([^"]*)"/g)) {
    if (/^[a-z]+:/.test(link)) {
      if (name === 'src') {
        faults.push(`${file}: ${link} is on another machine`)
      }
    } else {
      follow(file, link)
    }
  }
}
for (const file of files.filter(file => file.endsWith('.css'))) {
  for (const [, link] of fs.readFileSync(path.join(site, file), 'utf8').matchAll(/url\(["']?(https?:[^)"']*)/g)) {
    faults.push(`${file}: ${link} is on another machine`)
  }
}
if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exit(1)
}
console.log(`${html.length} pages, all links lead somewhere: docs/site/build/html`)
