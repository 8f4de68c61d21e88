// How the web app is built into dist/web, from which the server serves it.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The charts are one chunk of 500 kB, which is loaded when the first of them is shown.
    chunkSizeWarningLimit: 700,
  },
  // The server puts a nonce in its place with each answer; that of styles made in the page has its own in index.html.
  html: { cspNonce: '__CSP_NONCE__' },
  server: { proxy: { '/api': 'http://127.0.0.1:5000' } },
});
