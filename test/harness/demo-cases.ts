// How many invented people the demo begins with: the rows of its file below the header.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './installation.ts'

const [, ...rows] = readFileSync(join(root, 'demo/cases.csv'), 'utf8').trim().split('\n')

export const DEMO_CASES = rows.length
