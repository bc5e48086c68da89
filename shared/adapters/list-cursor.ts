import { BadCursorError } from '../ports/store.ts';

/** A cursor is where the page before it ended: that job's `created_at_id`, made opaque. */
export function encodeCursor(createdAtId: string): string {
  return Buffer.from(createdAtId).toString('base64url');
}

/** Throws `BadCursorError` where the cursor is not one that a list gave out. */
export function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z#[0-9a-f]{32}$/.test(text)) throw new BadCursorError();
  return text;
}
