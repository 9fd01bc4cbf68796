// Nominal types: a parsed value carries a name that only its parser gives.
declare const brand: unique symbol

/** `Base` that has passed the parser called after `Name`; at run time it is plainly a `Base`. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }
