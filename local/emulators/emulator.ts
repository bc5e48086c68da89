/** The emulators know no caller and no password: nobody else may reach them. */
export const LOOPBACK = '127.0.0.1';

export interface Emulator {
  endpoint: string;
  close(): Promise<void>;
}
