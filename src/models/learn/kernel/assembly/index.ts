// The kernel: what is done for every row, compiled to WebAssembly by scripts/write-kernel.mjs.
export { askTrees, binValues } from './ask';
export { boostRound } from './boost';
export { forestTree } from './forest';
