// Builds the page of the photo benchmark as the citizen's app is built.
export default { build: { emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 } }
