// The kernel: what training does for every row, compiled to WebAssembly by scripts/write-kernel.mjs.
export { boostRound } from './boost';
export { forestTree } from './forest';
