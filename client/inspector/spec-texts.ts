// The rules of the simulation's components as they are written, one SPEC.md beside each component. Vite
// puts the texts into this chunk when the page is built, so they are never older than the server.

declare global {
  interface ImportMeta {
    /** Vite's: all files of a pattern, here as their text. */
    glob(
      pattern: string,
      options: { readonly query: '?raw'; readonly import: 'default'; readonly eager: true },
    ): Readonly<Record<string, string>>;
  }
}

export const SPEC_TEXTS: Readonly<Record<string, string>> = import.meta.glob(
  '../../server/sim/*/SPEC.md',
  { query: '?raw', import: 'default', eager: true },
);
