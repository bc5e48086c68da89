/** For processes that only this benchmark starts: they end at once with it, or when it says so. */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => process.exit(0));
}
