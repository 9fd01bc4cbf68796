// The fonts of the letters, as bytes: Noto from npm packages, so that no machine's own fonts matter.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { LetterError } from './letter-error.ts'

const require = createRequire(import.meta.url)

const FILES = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  '@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf',
  '@expo-google-fonts/noto-sans-mono/600SemiBold/NotoSansMono_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-mono/700Bold/NotoSansMono_700Bold.ttf',
]

/** Throws LetterError `letter.font` naming the first file that is not there. */
export function letterFonts(): Buffer[] {
  return FILES.map((file) => {
    try {
      return readFileSync(require.resolve(file))
    } catch {
      throw new LetterError('letter.font', file)
    }
  })
}
