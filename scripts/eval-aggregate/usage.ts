const EXIT_USAGE = 64;

export function exitWithUsage(usage: string): never {
  console.error(usage);
  process.exit(EXIT_USAGE);
}
