/** AssemblyScript keeps the first kilobyte of a memory for itself; vectors begin at multiples of 64 bytes. */
export const FIRST = 1024;
const ALIGNMENT = 64;
const PAGE = 65536;

/** The module that `npm run loops` has written as base64. Browsers wait for no more than 4 kB of it. */
export function wasmModule(base64: string): WebAssembly.Module {
  return new WebAssembly.Module(
    Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
  );
}

/** Bytes from the beginning of a vector of n numbers to the next vector's. */
export function strideOf(n: number): number {
  return Math.ceil((8 * n) / ALIGNMENT) * ALIGNMENT;
}

/** Pages of a memory with room for vectors of these lengths. */
export function pagesFor(lengths: readonly number[]): number {
  return Math.ceil(lengths.reduce((sum, n) => sum + strideOf(n), FIRST) / PAGE);
}
