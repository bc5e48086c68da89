/** Four letters are read at once, from any one on and up to any one: around a text there are as many zeros. */
const MARGIN = 4;
const FIRST_ROOM = 1 << 16;

/** A text in Latin-1, letter by letter and by four; the next one takes its place. */
export class Letters {
  bytes = Buffer.alloc(FIRST_ROOM);
  fours = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  /** In `bytes`, where the text begins and where it ends. */
  readonly from = MARGIN;
  to = MARGIN;

  /** Signs beyond Latin-1 become others: whoever reads them must have seen to it that this does no harm. */
  write(text: string): void {
    const length = text.length + 2 * MARGIN;
    if (this.bytes.length < length) {
      this.bytes = Buffer.alloc(2 * length);
      this.fours = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    }
    this.to = MARGIN + this.bytes.write(text, MARGIN, 'latin1');
    this.fours.setInt32(this.to, 0);
  }

  cut(from: number, to: number): string {
    return this.bytes.toString('latin1', from, to);
  }
}
