import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{api,worker,shared,local,test,scripts,bench}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A suite that leaks a timer, a socket or a process must fail loudly, not hang.
    teardownTimeout: 5_000,
    pool: 'forks',
    // By itself Vitest leaves one core idle, of two.
    maxWorkers: '100%',
  },
});
