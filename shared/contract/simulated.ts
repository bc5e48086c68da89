/** Simulated providers are told by their id, so that no service, and no page, can take one for real. */
export function isSimulated(providerId: string): boolean {
  return providerId === 'simulated' || providerId.startsWith('simulated-');
}
