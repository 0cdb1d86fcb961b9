declare const brand: unique symbol;

/** A number or string that only its own maker produces: `Brand<number, 'RelId'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
