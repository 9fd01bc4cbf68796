// Builds the page of the unlock benchmark as the citizen's app is built.
import { opaqueWasm } from '../../../../packages/vault/vite/opaque-wasm.ts'

export default {
  plugins: [opaqueWasm()],
  build: { emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
}
