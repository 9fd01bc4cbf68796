// Routes that do not stand in the OpenAPI description: pages, files and the description itself.

/** `hide` belongs to @fastify/swagger; Fastify's own schema type does not know it. */
export const HIDDEN: object = { hide: true }
