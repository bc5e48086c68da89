const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Blocks this thread, and with it all that its event loop would do. */
export function blockThread(ms: number): void {
  Atomics.wait(NEVER_WOKEN, 0, 0, ms);
}
