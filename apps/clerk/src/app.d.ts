// Types of what the build provides.
declare module 'virtual:tenant' {
  export const tenant: { readonly name: string }
}
