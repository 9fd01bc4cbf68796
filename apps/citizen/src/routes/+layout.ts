// Everything is a static file; addresses have no trailing slash.
export const prerender = true
export const trailingSlash = 'never'
