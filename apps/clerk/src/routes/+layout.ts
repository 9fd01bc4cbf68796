// Every page is prerendered as an empty frame; the data come from the office's API.
export const prerender = true
export const trailingSlash = 'never'
