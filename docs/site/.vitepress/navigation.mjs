// The pages of the site in their order. A page that is named nowhere is added to the reference.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const pages = fileURLToPath(new URL('../build/pages', import.meta.url))

const groups = {
  'Begin': ['index', 'quickstart'],
  'How to': [
    'how-to/compare-models', 'how-to/sweep-a-learning-rate', 'how-to/write-a-cell', 'how-to/use-your-data',
    'how-to/schedule-windows', 'how-to/read-a-report', 'how-to/find-out-why-it-does-not-learn',
    'how-to/resume-and-change-the-budget', 'how-to/start-from-published-weights',
    'how-to/train-in-less-memory', 'how-to/use-several-processes', 'how-to/run-on-a-device',
  ],
  'Reference': [
    'language', 'cells', 'cookbook', 'data', 'tasks', 'grids', 'runs', 'watch', 'models', 'cluster', 'tornado', 'editors', 'security',
  ],
  'Explanation': ['tour', 'zoo', 'performance'],
  'Project': ['source/CONTRIBUTING', 'source/CHANGELOG'],
}

function title(page) {
  const text = fs.readFileSync(path.join(pages, page + '.md'), 'utf8')
  return text.match(/^# (.*)$/m)?.[1] ?? page
}

const item = page => ({ text: title(page), link: page === 'index' ? '/' : '/' + page })

function names(folder) {
  return fs.readdirSync(path.join(pages, folder)).filter(name => name.endsWith('.md'))
    .map(name => path.posix.join(folder, name.replace(/\.md$/, '')))
}

export function sidebar() {
  const named = Object.values(groups).flat()
  const others = [...names(''), ...names('how-to')].filter(page => !named.includes(page))
  const decisions = names('decisions').filter(page => !page.endsWith('index')).sort()
  return [
    ...Object.entries(groups).map(([text, list]) => ({
      text,
      items: [...list, ...(text === 'Reference' ? others : [])].map(item),
    })),
    { text: 'Decisions', collapsed: true, items: decisions.map(item) },
  ]
}
