import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page: built into dist/client, which the server hands out. In development the server stays the
// server, and Vite passes what it does not know on to it.
const SERVER = process.env['ENLIGHTEN'] ?? 'http://127.0.0.1:7420';

// Vite believes an environment that says something else, and tests run in one: a page built there
// would carry React's development build, and whoever starts the server next would get it.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    strictPort: false,
    proxy: {
      '/api': { target: SERVER },
      '/ws': { target: SERVER, ws: true },
    },
  },
});
