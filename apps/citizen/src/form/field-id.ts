// The id of the input that belongs to an answer's path, for labels, errors and links.

/** `angehoerige/k1/anschrift.plz` becomes `f-angehoerige-k1-anschrift-plz`. */
export const fieldId = (path: string): string => `f-${path.replace(/[^A-Za-z0-9_-]/g, '-')}`
